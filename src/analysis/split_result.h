#ifndef HYBRID_ANALYSIS_SPLIT_RESULT_H_
#define HYBRID_ANALYSIS_SPLIT_RESULT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/evidence.h"
#include "analysis/finding.h"
#include "key/key.h"
#include "results/row.h"

namespace hybrid {

/// How a split stands in its group.
enum class Verdict {
  kBest,        // the fastest by median
  kTie,         // no slower than the best within noise
  kLoser,       // slower than the best beyond noise
  kCannotTell,  // too few samples, here or of the best, to tell it from noise
  kTooNoisy,    // far from the best by median, and yet not beyond noise
  kCapped,      // didn't complete, whereas others did
  kFailed,      // an error, or no usable measurement: not ranked
};

/// How a split's repetitions ended: all completed, one or more capped, or one
/// or more failed.
enum class SplitStatus { kOk, kCapped, kFailed };

/// What all repetitions of one split in one group amount to. Times are seconds
/// per batch.
struct SplitResult {
  Split split;
  SplitStatus status = SplitStatus::kFailed;
  Verdict verdict = Verdict::kFailed;
  bool oversubscribed = false;
  std::vector<double> samples;        // wall_s of the completed repetitions
  std::optional<double> median_s;     // only if all completed
  std::optional<double> spread;       // RelativeSpread of the samples
  std::optional<double> tasks_per_s;  // median; of a capped split: at the cap
  std::optional<double> gflops;       // median, likewise
  std::vector<double> rates;          // tasks/s of capped repetitions
  std::optional<double> capped_s;     // median time until the cap took effect
  std::optional<double> p_value;      // against the best
  // Time per task, as a multiple of the best's. Of a capped split: at the rate
  // it had reached.
  std::optional<double> slowdown;
  std::string error;  // of a failed split: the first error

  std::string kernels;          // BLIS's sub-configuration that ran
  std::string blis_threading;   // `none` is BLIS's serial build
  std::string blis_arch_type;   // what chooses these kernels, if BLIS doesn't
  std::string library_kernels;  // what BLIS chooses by itself
  std::optional<double> kernels_gain;  // kernels over library_kernels
  Evidence evidence;                   // of the completed, or capped, rows
  std::vector<std::string> warnings;   // NoiseWarnings of its repetitions
  std::optional<Finding> cause;        // why it is not the best
};

/// Pools the rows of one split in one group, at least one. What depends on the
/// other splits (a ranked one's verdict, p_value, slowdown) is left for the
/// caller. One error fails the split, else one capped repetition makes it
/// capped: neither has a completed time then. `verdict` is kFailed or kCapped
/// accordingly.
SplitResult PoolRows(std::span<const Row* const> rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_SPLIT_RESULT_H_
