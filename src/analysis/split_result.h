#ifndef HYBRID_ANALYSIS_SPLIT_RESULT_H_
#define HYBRID_ANALYSIS_SPLIT_RESULT_H_

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "analysis/counted_rows.h"
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
  kNotRun,      ///< a search or a budget left it out
};
template <>
inline constexpr std::array<std::string_view, 9> kNames<Verdict>{
    "best",   "tie",       "loser",  "cannot_tell", "too_noisy",
    "capped", "disturbed", "failed", "not_run"};

/// One split in one group, and how it stands beside the others.
struct SplitResult : PooledRows {
  Split split;
  Verdict verdict = Verdict::kFailed;
  /// That it is as fast as the best: of the race of launches, or of Welch's
  /// test, if that could be made.
  std::optional<double> p_value;
  /// Time per task, as a multiple of the best's. Of a capped split: at the rate
  /// it had reached. Absent if there is no best, or no rate.
  std::optional<double> slowdown;
  /// Why it is not the best; of the best itself, what is against it.
  std::optional<Finding> cause;
};

/// The threads of each worker that were at work: its blas_threads, unless fewer
/// were seen.
inline std::uint64_t ThreadsAtWork(const SplitResult& result) {
  const std::uint64_t asked = result.split.blas_threads;
  const std::optional<double>& seen = result.evidence.threads_seen;
  if (!seen || *seen >= static_cast<double>(asked)) return asked;
  // Of two middle values the greater: nobody claims fewer on half of them.
  return static_cast<std::uint64_t>(std::ceil(std::max(1.0, *seen)));
}

/// Whether `result` is nothing to choose where another is as fast: the next run
/// of more threads than cores may not be as lucky, and threads that the library
/// left idle are worth nothing.
inline bool IsSecondChoice(const SplitResult& result) {
  return result.oversubscribed ||
         ThreadsAtWork(result) < result.split.blas_threads;
}

/// Whether a split can be ranked: by its time, or by the rate it had reached.
inline bool CanBeRanked(const SplitResult& result) {
  return result.status == PooledStatus::kOk ||
         result.status == PooledStatus::kCapped;
}

/// The slowdown of a split that can be ranked; endless for one that was capped
/// without a task done.
inline double Slowness(const SplitResult& result) {
  return result.slowdown.value_or(std::numeric_limits<double>::infinity());
}

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_SPLIT_RESULT_H_
