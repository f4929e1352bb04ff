#ifndef HYBRID_FOREIGN_JSON_MEMBERS_H_
#define HYBRID_FOREIGN_JSON_MEMBERS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json_fwd.h"

namespace hybrid {

/// What a text holds.
std::string TextOf(const Json& value);

/// The text that `object` has under that name; empty if there is none.
std::string TextIn(const JsonObject& object, std::string_view name);

/// The number of that name.
std::optional<double> NumberIn(const JsonObject& object, std::string_view name);

/// The whole number of that name; `otherwise` if there is none.
std::uint64_t CountIn(const JsonObject& object, std::string_view name,
                      std::uint64_t otherwise);

/// Whether `true` has that name.
bool IsTrueIn(const JsonObject& object, std::string_view name);

}  // namespace hybrid

#endif  // HYBRID_FOREIGN_JSON_MEMBERS_H_
