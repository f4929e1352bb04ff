#include "operation/operation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

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

std::string OperationHelp() {
  std::string help;
  for (const Operation* operation : Operations()) {
    help += fmt::format("{}{} ({})", help.empty() ? "" : ", ", operation->name,
                        operation->help);
  }
  return help;
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

double OperandDoubles(const Operation& operation, std::uint64_t n) {
  double doubles = 0;
  for (const Operation::Doubles operand : operation.operands) {
    doubles += static_cast<double>(operand(n));
  }
  return doubles;
}

}  // namespace hybrid
