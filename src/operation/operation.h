#ifndef HYBRID_OPERATION_OPERATION_H_
#define HYBRID_OPERATION_OPERATION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "blas/blas_calls.h"
#include "operation/verification.h"

namespace hybrid {

/// What is done to a task's operands, and all that others need to know of it.
/// There is one of each, in a file of its own. Sizes and costs are functions
/// of the order n.
struct Operation {
  /// How many doubles something takes.
  using Doubles = std::uint64_t (*)(std::uint64_t n);
  /// Where each of a task's operands begins.
  using Operands = std::span<const double* const>;

  struct Operand {
    Doubles doubles;
    /// Turns numbers uniform on [0, 1) into what is wanted; null if they are.
    void (*adjust)(std::uint64_t n, double* values) = nullptr;
  };

  /// Where a call finds its data.
  struct CallData {
    std::span<double* const> operands;
    double* product;
    std::span<double> scratch;
  };

  std::string_view name;  ///< in flags, result files and texts
  std::string_view help;  ///< a phrase for --help
  std::span<const Operand> operands;
  Doubles product;
  Doubles written;  ///< those of the product that a task writes
  /// Floating-point operations of one task, and, for the table of all, the
  /// same as a formula and where it is from.
  double (*flops)(std::uint64_t n);
  std::string_view flops_formula = {};
  std::string_view flops_source = {};
  /// The count is one that nobody agrees on, of an iterative method: good to
  /// compare rates of one operation, but no share of a peak.
  bool nominal = false;
  /// The LAPACK routine that it calls, without its letter for the precision;
  /// empty if BLAS's own routines do.
  std::string_view lapack = {};
  /// The call overwrites its operands, as LAPACK does: they are made or copied
  /// anew for each.
  bool destroys = false;
  /// The call makes the product of its first operand, in the same place.
  bool in_place = false;
  /// Doubles that a call needs beside its data, with any BLAS about; null for
  /// none. Integers take as much room as doubles.
  Doubles scratch = nullptr;
  /// Doubles that this BLAS wants for it; null if that is `scratch`.
  std::uint64_t (*ask_scratch)(const BlasCalls& blas,
                               std::uint64_t n) = nullptr;
  /// The largest number that the library must count up to in its own integers;
  /// null where it has no such limit.
  Doubles largest_count = nullptr;
  /// Makes the product, through the BLAS. Null for an operation that computes
  /// nothing, of which only the harness's own cost is measured. Throws
  /// std::runtime_error where LAPACK says that it failed.
  void (*call)(const BlasCalls& blas, std::uint64_t n,
               const CallData& data) = nullptr;
  /// Makes the products of several tasks, one `data` each, by one call of the
  /// BLAS, or as near to it as that comes; null where no BLAS has such a call.
  void (*call_batch)(const BlasCalls& blas, std::uint64_t n,
                     std::span<const CallData> data) = nullptr;
  /// Checks a product that `call` made of these operands, as they were before
  /// it, by random vectors of `seed`; null where `call` is.
  Verification (*check)(std::uint64_t n, Operands operands,
                        const double* product, std::uint64_t seed) = nullptr;

  bool computes() const { return call != nullptr; }
  bool needs_lapack() const { return !lapack.empty(); }
};

/// All operations.
std::span<const Operation* const> Operations();

/// The names of all operations.
std::vector<std::string> OperationNames();

/// The names of those that have a batched call.
std::vector<std::string> BatchedOperationNames();

/// The names of all operations and what each is, for --help.
std::string OperationHelp();

/// A table in Markdown of all operations: what each is, its flops, their
/// source.
std::string OperationTable();

/// The operation of that name, or null.
const Operation* FindOperation(std::string_view name);

/// The operation of that name. Throws std::invalid_argument if there is none.
const Operation& OperationNamed(std::string_view name);

/// Whether `name` is an operation that computes nothing. Of a name that this
/// build does not know, from another's result file, nobody can say so: false.
bool ComputesNothing(std::string_view name);

/// Whether the flops of the operation `name` are nominal. Of a name that this
/// build does not know nobody can say so: false.
bool IsNominal(std::string_view name);

/// Doubles of all operands of one task.
double OperandDoubles(const Operation& operation, std::uint64_t n);

/// Doubles that a call needs beside its data, with any BLAS about.
double ScratchDoubles(const Operation& operation, std::uint64_t n);

/// Doubles that a call through `blas` needs beside its data. May ask it.
std::uint64_t ScratchDoubles(const Operation& operation, const BlasCalls& blas,
                             std::uint64_t n);

/// Fills the memory of operand `index` of `task` with its numbers, which are a
/// function of seed, task and index alone.
void MakeOperand(const Operation& operation, std::uint64_t n,
                 std::uint64_t seed, std::uint64_t task, std::size_t index,
                 double* operand);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_OPERATION_H_
