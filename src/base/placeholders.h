#ifndef HYBRID_BASE_PLACEHOLDERS_H_
#define HYBRID_BASE_PLACEHOLDERS_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// What stands in the place of `{name}`, by the name.
using PlaceholderValues = std::map<std::string, std::string, std::less<>>;

/// `word` with the values of its placeholders; `{{` and `}}` are braces. Throws
/// std::invalid_argument for a placeholder that has no value, and for a brace
/// that is no part of any.
std::string Fill(std::string_view word, const PlaceholderValues& values);

/// The names of the placeholders in `word`, in their order. Throws
/// std::invalid_argument for a brace that is no part of any.
std::vector<std::string> PlaceholdersIn(std::string_view word);

}  // namespace hybrid

#endif  // HYBRID_BASE_PLACEHOLDERS_H_
