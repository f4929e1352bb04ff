#ifndef HYBRID_ANALYSIS_GAIN_H_
#define HYBRID_ANALYSIS_GAIN_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/split_result.h"

namespace hybrid {

/// The best split's speed-up over one base.
struct Gain {
  enum class Kind {
    kMeasured,     // by the medians of completed batches
    kMoreThan,     // the base was capped: its batch takes longer than the cap
    kByRate,       // capped, and no bound: the ratio of the rates reached
    kNotMeasured,  // the base was not in the sweep, or has no rate
    kDisturbed,    // the base has no verdict
    kFailed,       // the base failed
  };
  std::string base;  // such as "cores × 1"
  Split split;
  Kind kind = Kind::kNotMeasured;
  double ratio = 0;
};

/// What the bases are called, in the order of FindGains.
inline constexpr std::array<std::string_view, 4> kGainBases{
    "1 × 1", "cores × 1", "1 × cores", "cores × cores"};

/// The gains of `splits`' first, which is the best, over the usual rules of
/// thumb; on one core they are all the first.
std::vector<Gain> FindGains(std::uint64_t cores,
                            std::span<const SplitResult> splits);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_GAIN_H_
