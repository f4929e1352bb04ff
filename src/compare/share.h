#ifndef HYBRID_COMPARE_SHARE_H_
#define HYBRID_COMPARE_SHARE_H_

#include <string_view>

namespace hybrid {

/// The share that `text` says, from 0 on and below 1: "3%", "3 %" or "0.03".
/// Throws std::runtime_error, naming `flag`, for anything else.
double ParseShare(std::string_view flag, std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_SHARE_H_
