#ifndef HYBRID_PROTOCOL_NO_SHARING_H_
#define HYBRID_PROTOCOL_NO_SHARING_H_

#include <cstddef>

namespace hybrid {

/// What lies so far apart is on cache lines of its own. Two lines: x86
/// prefetches them in pairs.
inline constexpr std::size_t kNoSharing = 128;

}  // namespace hybrid

#endif  // HYBRID_PROTOCOL_NO_SHARING_H_
