#include "analysis/gain.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace hybrid {
namespace {

Gain GainOver(const char* name, Split split,
              std::span<const SplitResult> splits) {
  Gain gain;
  gain.base = name;
  gain.split = split;
  const SplitResult& best = splits.front();
  const auto base =
      std::find_if(splits.begin(), splits.end(),
                   [&](const SplitResult& r) { return r.split == split; });
  if (base == splits.end()) return gain;
  if (base->status == PooledStatus::kFailed) {
    gain.kind = Gain::Kind::kFailed;
  } else if (base->status == PooledStatus::kDisturbed) {
    gain.kind = Gain::Kind::kDisturbed;
  } else if (base->median_s && best.median_s) {
    gain.kind = Gain::Kind::kMeasured;
    gain.ratio = *base->median_s / *best.median_s;
  } else if (best.median_s && base->capped_s.value_or(0) > *best.median_s) {
    // A batch that didn't complete takes longer than the time it was given.
    // Its rate would say more, but supposes that it would have gone on so.
    gain.kind = Gain::Kind::kMoreThan;
    gain.ratio = *base->capped_s / *best.median_s;
  } else if (base->slowdown) {
    gain.kind = Gain::Kind::kByRate;
    gain.ratio = *base->slowdown;
  }
  return gain;
}

}  // namespace

std::vector<Gain> FindGains(std::uint64_t cores,
                            std::span<const SplitResult> splits) {
  std::vector<Gain> gains = {GainOver("1 × 1", {1, 1}, splits)};
  if (cores > 1) {
    gains.push_back(GainOver("cores × 1", {cores, 1}, splits));
    gains.push_back(GainOver("1 × cores", {1, cores}, splits));
    gains.push_back(GainOver("cores × cores", {cores, cores}, splits));
  }
  return gains;
}

}  // namespace hybrid
