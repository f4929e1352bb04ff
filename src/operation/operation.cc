#include "operation/operation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "operation/registry.h"

namespace hybrid {
namespace {

double NumberBytes(const Shape& shape) {
  return static_cast<double>(BytesOf(shape.precision));
}

/// Of the table: `n`, `4n`; `–` where matrices have no m.
std::string RowsText(const Operation& operation) {
  switch (operation.usual_aspect) {
    case 0:
      return "–";
    case 1:
      return "n";
    default:
      return fmt::format("{}n", operation.usual_aspect);
  }
}

}  // namespace

std::span<const Operation* const> Operations() { return operations::kAll; }

std::vector<std::string> OperationNames() {
  std::vector<std::string> names;
  for (const Operation* operation : Operations()) {
    names.emplace_back(operation->name);
  }
  return names;
}

std::vector<std::string> BatchedOperationNames() {
  std::vector<std::string> names;
  for (const Operation* operation : Operations()) {
    if (operation->call_batch.in_double != nullptr) {
      names.emplace_back(operation->name);
    }
  }
  return names;
}

std::vector<std::string> OperationsWithAspects() {
  std::vector<std::string> names;
  for (const Operation* operation : Operations()) {
    if (operation->has_aspects()) names.emplace_back(operation->name);
  }
  return names;
}

std::string UsualAspectsText() {
  std::string text;
  for (const Operation* operation : Operations()) {
    if (operation->usual_aspect > 1) {
      text +=
          fmt::format("{} for {}, ", operation->usual_aspect, operation->name);
    }
  }
  return text + "else 1";
}

std::string OperationHelp() {
  std::string help;
  for (const Operation* operation : Operations()) {
    help += fmt::format("{}{} ({})", help.empty() ? "" : ", ", operation->name,
                        operation->help);
  }
  return help;
}

std::string OperationTable() {
  std::string table =
      "| operation | what a task does | m | flops | source |\n"
      "| --- | --- | --- | --- | --- |\n";
  for (const Operation* operation : Operations()) {
    table += fmt::format(
        "| `{}` | {} | {} | {}{} | {} |\n", operation->name, operation->help,
        RowsText(*operation), operation->flops_formula,
        operation->nominal ? ", nominal" : "", operation->flops_source);
  }
  return table;
}

const Operation* FindOperation(std::string_view name) {
  if (name == operations::kCommand.name) return &operations::kCommand;
  const auto all = Operations();
  const auto found = std::find_if(
      all.begin(), all.end(),
      [&](const Operation* operation) { return operation->name == name; });
  return found == all.end() ? nullptr : *found;
}

const Operation& OperationNamed(std::string_view name) {
  const Operation* operation = FindOperation(name);
  if (operation == nullptr) {
    throw std::invalid_argument(
        fmt::format("there is no operation '{}', only {}", name,
                    fmt::join(OperationNames(), ", ")));
  }
  return *operation;
}

bool ComputesNothing(std::string_view name) {
  const Operation* operation = FindOperation(name);
  return operation != nullptr && !operation->computes() &&
         !operation->runs_program;
}

bool RunsProgram(std::string_view name) {
  const Operation* operation = FindOperation(name);
  return operation != nullptr && operation->runs_program;
}

bool IsNominal(std::string_view name) {
  const Operation* operation = FindOperation(name);
  return operation != nullptr && operation->nominal;
}

std::uint64_t UsualAspect(const Operation& operation) {
  return std::max<std::uint64_t>(1, operation.usual_aspect);
}

double OperandBytes(const Operation& operation, const Shape& shape) {
  double numbers = 0;
  for (const Operation::Operand& operand : operation.operands) {
    numbers += static_cast<double>(operand.numbers(shape));
  }
  return numbers * NumberBytes(shape);
}

double ProductBytes(const Operation& operation, const Shape& shape) {
  return static_cast<double>(operation.product(shape)) * NumberBytes(shape);
}

double WrittenBytes(const Operation& operation, const Shape& shape) {
  return static_cast<double>(operation.written(shape)) * NumberBytes(shape);
}

double ScratchBytes(const Operation& operation, const Shape& shape) {
  constexpr double kIntegerBytes = 8;
  const auto count = [&shape](Operation::Count of) {
    return of == nullptr ? 0.0 : static_cast<double>(of(shape));
  };
  return count(operation.scratch) * NumberBytes(shape) +
         count(operation.integers) * kIntegerBytes;
}

double CheckBytes(const Operation& operation, const Shape& shape) {
  if (shape.precision == Precision::kDouble) return 0;
  Shape in_double = shape;
  in_double.precision = Precision::kDouble;
  return OperandBytes(operation, in_double) +
         ProductBytes(operation, in_double);
}

Verification CheckProduct(const Operation& operation, const Shape& shape,
                          std::span<const double* const> operands,
                          const double* product, std::uint64_t seed) {
  return operation.check(shape, operands, product, seed);
}

Verification CheckProduct(const Operation& operation, const Shape& shape,
                          std::span<const float* const> operands,
                          const float* product, std::uint64_t seed) {
  std::vector<std::vector<double>> copies;
  std::vector<const double*> places;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const std::uint64_t numbers = operation.operands[i].numbers(shape);
    copies.emplace_back(operands[i], operands[i] + numbers);
    places.push_back(copies.back().data());
  }
  const std::vector<double> product_copy(product,
                                         product + operation.product(shape));
  return operation.check(shape, places, product_copy.data(), seed);
}

}  // namespace hybrid
