#ifndef HYBRID_OPERATION_OPERATION_H_
#define HYBRID_OPERATION_OPERATION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "blas/blas_calls.h"
#include "operation/operands.h"
#include "operation/shape.h"
#include "operation/verification.h"

namespace hybrid {

/// Where a call finds its data, whose numbers are `Real`.
template <typename Real>
struct CallData {
  std::span<Real* const> operands;
  Real* product;
  std::span<Real> scratch;
  void* integers;  ///< of 8 bytes each
};

/// A function for double, and the same for float.
template <template <typename> class Function>
struct InBoth {
  Function<double> in_double = nullptr;
  Function<float> in_single = nullptr;

  /// The one for numbers that are `Real`.
  template <typename Real>
  Function<Real> of() const {
    if constexpr (std::is_same_v<Real, float>) {
      return in_single;
    } else {
      return in_double;
    }
  }
};

/// Turns numbers uniform on [0, 1) into an operand's.
template <typename Real>
using AdjustFunction = void (*)(std::uint64_t n, Real* numbers);
/// Asks a BLAS how many numbers of scratch it wants.
template <typename Real>
using AskFunction = std::uint64_t (*)(const Routines<Real>& blas,
                                      const Shape& shape);
/// Makes a product. Throws std::runtime_error where LAPACK says that it failed.
template <typename Real>
using CallFunction = void (*)(const Routines<Real>& blas, const Shape& shape,
                              const CallData<Real>& data);

/// Makes the products of several tasks.
template <typename Real>
using BatchFunction = void (*)(const Routines<Real>& blas, const Shape& shape,
                               std::span<const CallData<Real>> data);

/// What is done to a task's operands, and all that others need to know of it.
/// There is one of each, in a file of its own. Sizes and costs are functions
/// of the shape, and count numbers of its precision.
struct Operation {
  using Count = std::uint64_t (*)(const Shape& shape);
  /// Where each of a task's operands begins, for the check.
  using Operands = std::span<const double* const>;

  struct Operand {
    Count numbers;
    InBoth<AdjustFunction> adjust{};  ///< null if uniform is what is wanted
  };

  std::string_view name;  ///< in flags, result files and texts
  std::string_view help;  ///< a phrase for --help
  std::span<const Operand> operands;
  Count product;
  Count written;  ///< those of the product that a task writes
  /// Floating-point operations of one task, and, for the table of all, the
  /// same as a formula and where it is from.
  double (*flops)(const Shape& shape);
  std::string_view flops_formula = {};
  std::string_view flops_source = {};
  /// The count is one that nobody agrees on, of an iterative method, or what
  /// somebody says of a program: good to compare rates of one operation, but no
  /// share of a peak.
  bool nominal = false;
  /// The m / n that it has unless the user says otherwise; 0 where its matrices
  /// have no m.
  std::uint64_t usual_aspect = 0;
  /// The LAPACK routine that it calls, without its letter for the precision;
  /// empty if BLAS's own routines do.
  std::string_view lapack = {};
  /// The call overwrites its operands, as LAPACK does: they are made or copied
  /// anew for each.
  bool destroys = false;
  /// The call makes the product of its first operand, in the same place.
  bool in_place = false;
  /// Numbers that a call needs beside its data, with any BLAS about; null for
  /// none.
  Count scratch = nullptr;
  /// Those that this BLAS wants; null if that is `scratch`.
  InBoth<AskFunction> ask_scratch{};
  /// Integers that a call needs; null for none.
  Count integers = nullptr;
  /// The largest number that the library must count up to in its own integers;
  /// null where it has no such limit.
  Count largest_count = nullptr;
  /// The user's own program does it: nobody knows its sizes and its flops, and
  /// no BLAS is called here.
  bool runs_program = false;
  /// Makes the product, through the BLAS. Null for an operation that computes
  /// nothing, of which only the harness's own cost is measured, and for what a
  /// program does.
  InBoth<CallFunction> call{};
  /// Makes the products of several tasks, one `data` each, by one call of the
  /// BLAS, or as near to it as that comes; null where no BLAS has such a call.
  InBoth<BatchFunction> call_batch{};
  /// Checks a product that `call` made of these operands, as they were before
  /// it, by random vectors of `seed`; null where `call` is. All are given in
  /// double, whatever the shape's precision, which decides what is tolerated.
  Verification (*check)(const Shape& shape, Operands operands,
                        const double* product, std::uint64_t seed) = nullptr;

  /// Whether it calls a BLAS.
  bool computes() const { return call.in_double != nullptr; }
  bool needs_lapack() const { return !lapack.empty(); }
  bool has_aspects() const { return usual_aspect > 0; }
};

/// All operations that users choose from.
std::span<const Operation* const> Operations();

/// Their names.
std::vector<std::string> OperationNames();

/// The names of those that have a batched call.
std::vector<std::string> BatchedOperationNames();

/// The names of those whose matrices have m rows and n columns.
std::vector<std::string> OperationsWithAspects();

/// What their m / n is unless the user says otherwise: `4 for gelsd, else 1`.
std::string UsualAspectsText();

/// The names of all operations and what each is, for --help.
std::string OperationHelp();

/// A table in Markdown of all operations: what each is, its usual m, its flops,
/// their source.
std::string OperationTable();

/// The operation of that name, kCommandOperation among them, or null.
const Operation* FindOperation(std::string_view name);

/// The operation of that name. Throws std::invalid_argument if there is none.
const Operation& OperationNamed(std::string_view name);

/// Whether `name` is an operation that computes nothing. Of a name that this
/// build does not know, from another's result file, nobody can say so: false.
bool ComputesNothing(std::string_view name);

/// Whether `name` is what the user's own program does, of which there are no
/// flops.
bool RunsProgram(std::string_view name);

/// Whether the flops of the operation `name` are nominal. Of a name that this
/// build does not know nobody can say so: false.
bool IsNominal(std::string_view name);

/// The m / n of `operation`'s matrices unless the user says otherwise: 1 where
/// they have no m.
std::uint64_t UsualAspect(const Operation& operation);

/// Bytes of all operands of one task.
double OperandBytes(const Operation& operation, const Shape& shape);

/// Bytes of the product, and of that part of it which a task writes.
double ProductBytes(const Operation& operation, const Shape& shape);
double WrittenBytes(const Operation& operation, const Shape& shape);

/// Bytes that a call needs beside its data, with any BLAS about.
double ScratchBytes(const Operation& operation, const Shape& shape);

/// Bytes that a check of one product needs beside: all in double again, where
/// that is not what they are.
double CheckBytes(const Operation& operation, const Shape& shape);

/// Numbers that a call through `blas` needs beside its data. May ask it.
template <typename Real>
std::uint64_t ScratchNumbers(const Operation& operation,
                             const Routines<Real>& blas, const Shape& shape) {
  if (const auto ask = operation.ask_scratch.of<Real>()) {
    return ask(blas, shape);
  }
  return operation.scratch != nullptr ? operation.scratch(shape) : 0;
}

/// Fills the memory of operand `index` of `task` with its numbers, which are a
/// function of precision, seed, task and index alone.
template <typename Real>
void MakeOperand(const Operation& operation, const Shape& shape,
                 std::uint64_t seed, std::uint64_t task, std::size_t index,
                 Real* operand) {
  const Operation::Operand& made = operation.operands[index];
  FillUniform({.seed = seed, .task = task, .operand = index},
              std::span<Real>(operand, made.numbers(shape)));
  if (const auto adjust = made.adjust.of<Real>()) adjust(shape.n, operand);
}

/// `operation`'s check of a product whose numbers are `Real`.
Verification CheckProduct(const Operation& operation, const Shape& shape,
                          std::span<const double* const> operands,
                          const double* product, std::uint64_t seed);
Verification CheckProduct(const Operation& operation, const Shape& shape,
                          std::span<const float* const> operands,
                          const float* product, std::uint64_t seed);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_OPERATION_H_
