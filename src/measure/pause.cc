#include "measure/pause.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "analysis/format_units.h"
#include "base/standard_streams.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// Less than this share of a batch is within any measurement's noise.
constexpr double kMuchLate = 0.02;
/// In shorter ones a scheduler's ordinary turns look the same.
constexpr double kShortestS = 0.02;
constexpr double kLittleCpu = 0.5;

}  // namespace

std::string PauseText(const BatchTiming& timing, const Key& key,
                      int usable_cores) {
  if (timing.late_s > kMuchLate * timing.wall_s) {
    return fmt::format("everything stood still for {} (stopped, frozen?)",
                       FormatSeconds(timing.late_s));
  }
  // A program may wait for what is no CPU.
  if (timing.wall_s < kShortestS || key.runs_command()) return "";
  const double share = CpuShare(
      timing, key.blas_threads,
      key.host_count * static_cast<std::uint64_t>(std::max(1, usable_cores)));
  if (share >= kLittleCpu) return "";
  return fmt::format("the workers got {} of the CPU time that they could use",
                     FormatPercent(share));
}

bool PauseBudget::Spend(const Key& key, const std::string& pause,
                        double wall_s) {
  if (key_ != key) {
    key_ = key;
    spent_ = 0;
  }
  if (spent_ == kMost) return false;
  ++spent_;
  if (wall_s > kLongEnoughToSayS && notes_ < kMostNotes) {
    PrintError(fmt::format(
        "bench: {}: {}: measured anew{}\n", KeyText(key, KeyStyle::kShort),
        pause, ++notes_ == kMostNotes ? " (further ones are not named)" : ""));
  }
  return true;
}

}  // namespace hybrid
