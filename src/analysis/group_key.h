#ifndef HYBRID_ANALYSIS_GROUP_KEY_H_
#define HYBRID_ANALYSIS_GROUP_KEY_H_

#include <compare>
#include <cstdint>
#include <string>
#include <utility>

#include "key/key.h"

namespace hybrid {

/// What tells machines apart in one set of results: the host and its usable
/// cores.
using HostAndCores = std::pair<std::string, std::uint64_t>;

/// What results are comparable by: a key as GroupOf makes it, where it was
/// measured, and with which version of the library. It holds the kernels that
/// were asked for, not those that ran: `best` may be other kernels for 1 thread
/// than for 2, and that is part of what a split is worth. Nor does it hold the
/// threading, since BLIS's workers of one thread run its serial build.
struct GroupKey : Key {
  std::string host;
  std::uint64_t usable_cores = 0;
  std::string blas_version;
  auto operator<=>(const GroupKey&) const = default;
};

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_GROUP_KEY_H_
