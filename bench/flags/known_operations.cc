#include "flags/known_operations.h"

#include <array>

namespace hybrid {
namespace {

struct Known {
  Operation operation;
  std::string_view note;
};

constexpr std::array kKnown = {
    Known{Operation::kGemm, ""},
    Known{Operation::kNone,
          " (neither load nor operate: the harness's own cost)"}};

}  // namespace

std::string OperationNames() {
  std::string names;
  for (const Known& known : kKnown) {
    if (!names.empty()) names += ", ";
    names += Name(known.operation);
  }
  return names;
}

std::string OperationHelp() {
  std::string help;
  for (const Known& known : kKnown) {
    if (!help.empty()) help += ", ";
    help += Name(known.operation);
    help += known.note;
  }
  return help;
}

std::optional<Operation> KnownOperation(std::string_view name) {
  for (const Known& known : kKnown) {
    if (Name(known.operation) == name) return known.operation;
  }
  return std::nullopt;
}

}  // namespace hybrid
