#ifndef HYBRID_OPERATION_OPERATION_H_
#define HYBRID_OPERATION_OPERATION_H_

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

  std::string_view name;              ///< in flags, result files and texts
  std::string_view help;              ///< a phrase for --help
  std::span<const Doubles> operands;  ///< one for each operand
  Doubles product;
  Doubles written;  ///< those of the product that a task writes
  /// Floating-point operations of one task.
  double (*flops)(std::uint64_t n);
  /// Makes the product, through the BLAS. Null for an operation that computes
  /// nothing, of which only the harness's own cost is measured.
  void (*call)(const BlasCalls& blas, std::uint64_t n, Operands operands,
               double* product) = nullptr;
  /// Checks a product that `call` made, by random vectors of `seed`; null where
  /// `call` is.
  Verification (*check)(std::uint64_t n, Operands operands,
                        const double* product, std::uint64_t seed) = nullptr;

  bool computes() const { return call != nullptr; }
};

/// All operations.
std::span<const Operation* const> Operations();

/// The names of all operations.
std::vector<std::string> OperationNames();

/// The names of all operations and what each is, for --help.
std::string OperationHelp();

/// The operation of that name, or null.
const Operation* FindOperation(std::string_view name);

/// The operation of that name. Throws std::invalid_argument if there is none.
const Operation& OperationNamed(std::string_view name);

/// Whether `name` is an operation that computes nothing. Of a name that this
/// build does not know, from another's result file, nobody can say so: false.
bool ComputesNothing(std::string_view name);

/// Doubles of all operands of one task.
double OperandDoubles(const Operation& operation, std::uint64_t n);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_OPERATION_H_
