#ifndef HYBRID_BASE_DURATION_H_
#define HYBRID_BASE_DURATION_H_

#include <optional>
#include <string_view>

namespace hybrid {

/// The seconds, above 0 and finite, of a time such as `90`, `60s`, `5m` or
/// `1h`; nothing for any other text.
std::optional<double> ParseDuration(std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_BASE_DURATION_H_
