#include "analysis/rules_machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "analysis/disturbance.h"
#include "analysis/format_units.h"
#include "analysis/memory_traffic.h"

namespace hybrid {
namespace {

/// How much slower its kernels are than those that BLIS itself would choose.
double GainLost(const SplitResult& split) {
  return 1 / std::min(1.0, split.kernels_gain.value_or(1));
}

std::optional<Finding> SlowerThanLibrary(const RuleInput& input) {
  const SplitResult& split = input.split;
  if (!split.kernels_gain || *split.kernels_gain >= kSlowKernels ||
      split.kernels == split.library_kernels) {
    return std::nullopt;
  }
  return Finding{
      Cause::kSlowerKernels, Relative(input, GainLost),
      fmt::format(
          "slower kernels: {} have {:.2f} of the speed of {}, which "
          "BLIS would choose",
          split.kernels, *split.kernels_gain,
          split.library_kernels.empty() ? "those" : split.library_kernels)};
}

/// Only of splits with as many threads as the best: for other numbers `best`
/// chooses other kernels because they are the fastest there, and it is the
/// threads that are to blame.
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

/// How fast the cores ran, 1 where that is unknown, or not slow beyond doubt,
/// or cores were left free, beside which the others may be as fast as ever.
double Speed(const RuleInput& input, const SplitResult& split) {
  const double speed = split.evidence.speed.value_or(1);
  return speed < kSlowCores && CoresUsedBy(input, split) >=
                                   static_cast<double>(input.key.usable_cores)
             ? std::max(speed, 0.01)
             : 1;
}

/// Programs on cores that the split leaves free don't disturb it, and those
/// that do make its threads wait for a CPU.
double ForeignShare(const RuleInput& input, const SplitResult& split) {
  const double used = CoresUsedBy(input, split);
  const double free =
      used > 0 ? static_cast<double>(input.key.usable_cores) / used - 1 : 0;
  const double taken =
      std::max(0.0, split.evidence.foreign_share.value_or(0) - free);
  if (HasTooManyThreads(input, split) || !split.evidence.run_delay) {
    return taken;
  }
  return std::min(taken, *split.evidence.run_delay);
}

}  // namespace

// What the best moves more of through the same memory can't be what holds the
// split back: so only where the best's working set fits the caches.
std::optional<Finding> MemoryBound(const RuleInput& input) {
  const std::optional<double> fraction =
      MemoryFraction(input.key, input.ceilings, input.split);
  if (!fraction || *fraction < kMemoryBound ||
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
  const Evidence& evidence = input.split.evidence;
  const double steal = evidence.steal_share.value_or(0);
  const double throttled = evidence.throttled_share.value_or(0);
  const double foreign = ForeignShare(input, input.split);
  const double speed = Speed(input, input.split);
  if (steal + throttled + foreign < kDisturbedShare && speed >= kSlowCores) {
    return std::nullopt;
  }
  const auto loss = [&](const SplitResult& split) {
    const double lost = split.evidence.steal_share.value_or(0) +
                        split.evidence.throttled_share.value_or(0) +
                        ForeignShare(input, split);
    return 1 / (1 - std::min(lost, 0.99)) / Speed(input, split);
  };
  std::string text;
  const auto add = [&text](const char* what, double share) {
    if (share < 0.005) return;
    text += text.empty() ? "disturbed: " : ", ";
    text += what + FormatPercent(share);
  };
  add("steal took ", steal);
  add("throttled for ", throttled);
  add("other programs took ", foreign);
  if (!text.empty()) text += " of its time";
  if (speed < kSlowCores) {
    text += text.empty() ? "disturbed: " : "; ";
    text += fmt::format("the cores ran at {} of their peak speed",
                        FormatPercent(speed));
  }
  return Finding{Cause::kDisturbed, Relative(input, loss), text};
}

}  // namespace hybrid
