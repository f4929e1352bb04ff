#ifndef HYBRID_ANALYSIS_SPLIT_RESULT_H_
#define HYBRID_ANALYSIS_SPLIT_RESULT_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "analysis/finding.h"
#include "analysis/pooled_rows.h"
#include "base/enum_names.h"
#include "key/key.h"

namespace hybrid {

/// How a split stands in its group.
enum class Verdict : std::uint32_t {
  kBest,        ///< the fastest by median
  kTie,         ///< no slower than the best within noise
  kLoser,       ///< slower than the best beyond noise
  kCannotTell,  ///< too few samples, here or of the best, to tell it from noise
  kTooNoisy,    ///< far from the best by median, and yet not beyond noise
  kCapped,      ///< didn't complete, whereas others did
  kDisturbed,   ///< too few undisturbed repetitions: not ranked
  kFailed,      ///< an error, or no usable measurement: not ranked
};
template <>
inline constexpr std::array<std::string_view, 8> kNames<Verdict>{
    "best",      "tie",    "loser",     "cannot_tell",
    "too_noisy", "capped", "disturbed", "failed"};

/// One split in one group, and how it stands beside the others.
struct SplitResult : PooledRows {
  Split split;
  Verdict verdict = Verdict::kFailed;
  std::optional<double> p_value;  ///< against the best
  /// Time per task, as a multiple of the best's. Of a capped split: at the rate
  /// it had reached.
  std::optional<double> slowdown;
  std::optional<Finding> cause;  ///< why it is not the best
};

/// Whether a split can be ranked: by its time, or by the rate it had reached.
inline bool CanBeRanked(const SplitResult& result) {
  return result.status == PooledStatus::kOk ||
         result.status == PooledStatus::kCapped;
}

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_SPLIT_RESULT_H_
