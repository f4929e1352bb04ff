#include "foreign/json_members.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace hybrid {

std::string TextOf(const Json& value) {
  const auto& text = value.get_string();
  return {text.data(), text.size()};
}

std::string TextIn(const JsonObject& object, std::string_view name) {
  const Json* const value = object.if_contains(name);
  return value != nullptr && value->is_string() ? TextOf(*value) : "";
}

std::optional<double> NumberIn(const JsonObject& object,
                               std::string_view name) {
  const Json* const value = object.if_contains(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

std::uint64_t CountIn(const JsonObject& object, std::string_view name,
                      std::uint64_t otherwise) {
  const std::optional<double> number = NumberIn(object, name);
  // Beyond, doubles are no counts.
  constexpr double kMost = 1e15;
  return number && *number >= 0 && *number <= kMost
             ? static_cast<std::uint64_t>(*number)
             : otherwise;
}

bool IsTrueIn(const JsonObject& object, std::string_view name) {
  const Json* const value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

}  // namespace hybrid
