#ifndef HYBRID_ANALYSIS_GROUP_KEY_H_
#define HYBRID_ANALYSIS_GROUP_KEY_H_

#include <compare>
#include <cstdint>
#include <string>

namespace hybrid {

/// What results are comparable by: all but the split itself. It holds the
/// kernels that were asked for, not those that ran: `best` may be other
/// kernels for 1 thread than for 2, and that is part of what a split is worth.
/// Likewise BLIS's threading layer: workers of one thread run its serial build.
struct GroupKey {
  std::string host;
  std::uint64_t usable_cores = 0;
  std::string operation;
  std::string data;
  std::string collect;
  std::string pin;
  std::string blis_version;
  std::string kernels_asked;
  std::uint64_t n = 0;
  std::uint64_t batch = 0;
  bool operator==(const GroupKey&) const = default;
  auto operator<=>(const GroupKey&) const = default;
};

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_GROUP_KEY_H_
