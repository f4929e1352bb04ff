#include "base/variables.h"

#include <utility>

namespace hybrid {

std::string_view VariableName(std::string_view variable) {
  return variable.substr(0, variable.find('='));
}

std::string_view VariableValue(const std::vector<std::string>& variables,
                               std::string_view name) {
  for (const std::string_view variable : variables) {
    if (VariableName(variable) == name && variable.size() > name.size()) {
      return variable.substr(name.size() + 1);
    }
  }
  return {};
}

void RemoveVariable(std::vector<std::string>& variables,
                    std::string_view name) {
  std::erase_if(variables, [name](std::string_view variable) {
    return VariableName(variable) == name;
  });
}

void SetVariable(std::vector<std::string>& variables, std::string variable) {
  RemoveVariable(variables, VariableName(variable));
  variables.push_back(std::move(variable));
}

}  // namespace hybrid
