#include "operation/operation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

#include "operation/operands.h"
#include "operation/registry.h"

namespace hybrid {

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
    if (operation->call_batch != nullptr) names.emplace_back(operation->name);
  }
  return names;
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
      "| operation | what a task does | flops | source |\n"
      "| --- | --- | --- | --- |\n";
  for (const Operation* operation : Operations()) {
    table += fmt::format("| `{}` | {} | {}{} | {} |\n", operation->name,
                         operation->help, operation->flops_formula,
                         operation->nominal ? ", nominal" : "",
                         operation->flops_source);
  }
  return table;
}

const Operation* FindOperation(std::string_view name) {
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
  return operation != nullptr && !operation->computes();
}

bool IsNominal(std::string_view name) {
  const Operation* operation = FindOperation(name);
  return operation != nullptr && operation->nominal;
}

double OperandDoubles(const Operation& operation, std::uint64_t n) {
  double doubles = 0;
  for (const Operation::Operand& operand : operation.operands) {
    doubles += static_cast<double>(operand.doubles(n));
  }
  return doubles;
}

double ScratchDoubles(const Operation& operation, std::uint64_t n) {
  if (operation.scratch == nullptr) return 0;
  return static_cast<double>(operation.scratch(n));
}

std::uint64_t ScratchDoubles(const Operation& operation, const BlasCalls& blas,
                             std::uint64_t n) {
  if (operation.ask_scratch != nullptr) return operation.ask_scratch(blas, n);
  return operation.scratch != nullptr ? operation.scratch(n) : 0;
}

void MakeOperand(const Operation& operation, std::uint64_t n,
                 std::uint64_t seed, std::uint64_t task, std::size_t index,
                 double* operand) {
  const Operation::Operand& made = operation.operands[index];
  FillUniform({.seed = seed, .task = task, .operand = index},
              {operand, made.doubles(n)});
  if (made.adjust != nullptr) made.adjust(n, operand);
}

}  // namespace hybrid
