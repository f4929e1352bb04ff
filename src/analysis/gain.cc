#include "analysis/gain.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/counted_rows.h"
#include "analysis/engines.h"

namespace hybrid {

Gain GainOver(std::string_view name, Split split,
              std::span<const SplitResult> splits) {
  Gain gain;
  gain.base = name;
  gain.split = split;
  const SplitResult& best = splits.front();
  const auto base = std::find_if(
      splits.begin(), splits.end(),
      [&split](const SplitResult& result) { return result.split == split; });
  if (base == splits.end()) return gain;
  if (base->status == PooledStatus::kFailed) {
    gain.kind = Gain::Kind::kFailed;
  } else if (base->status == PooledStatus::kDisturbed) {
    gain.kind = Gain::Kind::kDisturbed;
  } else if (base->status == PooledStatus::kSkipped) {
    gain.kind = Gain::Kind::kNotRun;
  } else if (base->verdict == Verdict::kTie) {
    gain.kind = Gain::Kind::kTie;
  } else if (base->verdict == Verdict::kTooNoisy ||
             base->verdict == Verdict::kCannotTell) {
    gain.kind = Gain::Kind::kUnclear;
  } else if (base->median_s && best.median_s) {
    gain.kind = Gain::Kind::kMeasured;
    // As it was judged: of launches by their rounds.
    gain.ratio = base->slowdown.value_or(*base->median_s / *best.median_s);
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

std::vector<Gain> FindGains(std::uint64_t cores,
                            std::span<const SplitResult> splits) {
  const Engine engine = BaseEngine(splits);
  const std::array<Split, kGainBases.size()> bases = {
      Split{1, 1, engine}, Split{cores, 1, engine}, Split{1, cores, engine},
      Split{cores, cores, engine}};
  const std::size_t count = cores > 1 ? bases.size() : 1;
  std::vector<Gain> gains;
  for (std::size_t i = 0; i < count; ++i) {
    gains.push_back(GainOver(kGainBases[i], bases[i], splits));
  }
  return gains;
}

}  // namespace hybrid
