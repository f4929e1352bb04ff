#ifndef HYBRID_BASE_VARIABLES_H_
#define HYBRID_BASE_VARIABLES_H_

#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// The name of a variable of an environment, NAME=value.
std::string_view VariableName(std::string_view variable);

/// The value of the one of `variables` that has that name; empty where none
/// has.
std::string_view VariableValue(const std::vector<std::string>& variables,
                               std::string_view name);

/// Takes out the one of that name, if there is one.
void RemoveVariable(std::vector<std::string>& variables, std::string_view name);

/// Adds `variable` in place of what has its name.
void SetVariable(std::vector<std::string>& variables, std::string variable);

}  // namespace hybrid

#endif  // HYBRID_BASE_VARIABLES_H_
