#include "analysis/rules_machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "analysis/disturbance.h"
#include "analysis/evidence.h"
#include "analysis/format_units.h"
#include "analysis/memory_traffic.h"
#include "analysis/split_result.h"

namespace hybrid {
namespace {

/// A disturbance that took less of the time than this is not told beside
/// others.
constexpr double kLeastShareShown = 0.005;

/// How many times as fast as the split's the kernels are that the library
/// itself would choose. At least 1.
double KernelsLoss(const SplitResult& split) {
  return 1 / std::min(1.0, split.kernels_gain.value_or(1));
}

/// The split's kernels against those that the library would choose, by the
/// probe.
std::optional<Finding> SlowerThanLibrary(const RuleInput& input) {
  const SplitResult& split = input.split;
  if (!split.kernels_gain || *split.kernels_gain >= kSlowKernels ||
      split.kernels == split.library_kernels) {
    return std::nullopt;
  }
  return Finding{
      Cause::kSlowerKernels, LossOverBest(input, KernelsLoss),
      fmt::format(
          "slower kernels: {} have {:.2f} of the speed of {}, which "
          "the library would choose",
          split.kernels, *split.kernels_gain,
          split.library_kernels.empty() ? "those" : split.library_kernels)};
}

/// The split's kernels against the best split's, by what each thread did. Only
/// where both have as many threads: for other numbers --kernels=best chooses
/// other kernels because they are the fastest there, and it is the threads that
/// are to blame.
std::optional<Finding> SlowerThanBest(const RuleInput& input) {
  const SplitResult& split = input.split;
  if (split.kernels.empty() || input.best.kernels.empty() ||
      split.kernels == input.best.kernels ||
      split.split.blas_threads != input.best.split.blas_threads ||
      HasTooManyThreads(input, split)) {
    return std::nullopt;
  }
  const std::optional<double> rate = OperateRate(split);
  const std::optional<double> of_best = OperateRate(input.best);
  if (!rate || !of_best || *rate >= kSlowKernels * *of_best) {
    return std::nullopt;
  }
  const double kept = *rate / *of_best;
  return Finding{
      Cause::kSlowerKernels,
      1 / (1 - *split.evidence.operate_share * (1 - kept)),
      fmt::format("slower kernels: {}, where the best runs {}; each thread "
                  "does {:.2f} of what the best's does",
                  split.kernels, input.best.kernels, kept)};
}

/// How fast the cores ran, as a share of their peak; 1 where that is unknown,
/// or not slow beyond doubt, or cores were left free, beside which the others
/// may be as fast as ever.
double Speed(const RuleInput& input, const SplitResult& split) {
  const double speed = split.evidence.speed.value_or(1);
  const bool all_cores = CoresUsedBy(input, split) >= CoreCount(input, split);
  return speed < kSlowCores && all_cores ? std::max(speed, 0.01) : 1;
}

/// What other programs took from the split, of the CPU time that it could use:
/// those on cores that it leaves free don't disturb it, and those that do make
/// its threads wait for a CPU.
double ForeignShare(const RuleInput& input, const SplitResult& split) {
  const double used = CoresUsedBy(input, split);
  // Of the cores that old rows don't tell, none is known to be free.
  const double free = std::max(0.0, CoreCount(input, split) / used - 1);
  const double taken =
      std::max(0.0, split.evidence.foreign_share.value_or(0) - free);
  if (HasTooManyThreads(input, split) || !split.evidence.run_delay) {
    return taken;
  }
  return std::min(taken, *split.evidence.run_delay);
}

/// What steal, throttling and other programs took together.
double ShareTaken(const RuleInput& input, const SplitResult& split) {
  return split.evidence.steal_share.value_or(0) +
         split.evidence.throttled_share.value_or(0) +
         ForeignShare(input, split);
}

/// Factor of the time that the disturbance cost the split.
double DisturbedLoss(const RuleInput& input, const SplitResult& split) {
  return 1 / (1 - std::min(ShareTaken(input, split), 0.99)) /
         Speed(input, split);
}

}  // namespace

std::optional<Finding> MemoryBound(const RuleInput& input) {
  const std::optional<double> fraction =
      MemoryFraction(input.key, input.ceilings, input.split);
  if (!fraction || *fraction < kMemoryBoundFraction ||
      *fraction <=
          MemoryFraction(input.key, input.ceilings, input.best).value_or(0)) {
    return std::nullopt;
  }
  // As if memory and arithmetic took turns: the most that it can explain.
  return Finding{
      Cause::kMemoryBound, 1 / (1 - std::min(*fraction, kMostMemory)),
      fmt::format(
          "memory-bound: an estimated {} of the triad's bandwidth, its "
          "{:.0f} MB don't fit the caches",
          FormatPercent(*fraction),
          *WorkingSetBytes(input.key, input.split.split.workers) / 1e6)};
}

std::optional<Finding> SlowerKernels(const RuleInput& input) {
  std::optional<Finding> library = SlowerThanLibrary(input);
  std::optional<Finding> best = SlowerThanBest(input);
  if (!library || (best && best->severity > library->severity)) return best;
  return library;
}

std::optional<Finding> Disturbed(const RuleInput& input) {
  const double speed = Speed(input, input.split);
  if (ShareTaken(input, input.split) < kDisturbedShare && speed >= kSlowCores) {
    return std::nullopt;
  }
  const Evidence& evidence = input.split.evidence;
  std::string text;
  const auto add = [&text](const char* what, double share) {
    if (share < kLeastShareShown) return;
    text += text.empty() ? "disturbed: " : ", ";
    text += fmt::format("{} {}", what, FormatPercent(share));
  };
  add("steal took", evidence.steal_share.value_or(0));
  add("throttled for", evidence.throttled_share.value_or(0));
  add("other programs took", ForeignShare(input, input.split));
  if (!text.empty()) text += " of its time";
  if (speed < kSlowCores) {
    text += text.empty() ? "disturbed: " : "; ";
    text += fmt::format("the cores ran at {} of their peak speed",
                        FormatPercent(speed));
  }
  const auto loss = [&input](const SplitResult& split) {
    return DisturbedLoss(input, split);
  };
  return Finding{Cause::kDisturbed, LossOverBest(input, loss), text};
}

}  // namespace hybrid
