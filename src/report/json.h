#ifndef HYBRID_REPORT_JSON_H_
#define HYBRID_REPORT_JSON_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace hybrid {

/// Keeps the keys' order.
using Json = nlohmann::ordered_json;

/// `value` to 6 significant digits, which is more than a measurement has; null
/// if it is not finite.
Json JsonNumber(double value);

/// The same; null if absent.
Json JsonNumber(const std::optional<double>& value);

/// `value` as text that may stand in an HTML page's script element: `<` is
/// written as an escape, U+2028 and U+2029 too, and what is not UTF-8 is
/// replaced by U+FFFD.
std::string ScriptSafeText(const Json& value);

}  // namespace hybrid

#endif  // HYBRID_REPORT_JSON_H_
