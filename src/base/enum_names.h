#ifndef HYBRID_BASE_ENUM_NAMES_H_
#define HYBRID_BASE_ENUM_NAMES_H_

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace hybrid {

/// The names of an enumeration's values, which count from 0, in their order.
/// Specialised beside each enumeration that has names.
template <typename Enum>
inline constexpr std::array<std::string_view, 0> kNames{};

/// An enumeration whose values have names.
template <typename Enum>
concept Named = !kNames<Enum>.empty();

/// The name of `value`; "?" for one beyond the last.
template <Named Enum>
constexpr std::string_view Name(Enum value) {
  const auto place = static_cast<std::size_t>(value);
  return place < kNames<Enum>.size() ? kNames<Enum>[place] : "?";
}

/// The value called `name`, or nothing.
template <Named Enum>
constexpr std::optional<Enum> ByName(std::string_view name) {
  for (std::size_t place = 0; place < kNames<Enum>.size(); ++place) {
    if (kNames<Enum>[place] == name) return static_cast<Enum>(place);
  }
  return std::nullopt;
}

}  // namespace hybrid

#endif  // HYBRID_BASE_ENUM_NAMES_H_
