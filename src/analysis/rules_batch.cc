#include "analysis/rules_batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "analysis/break_even.h"
#include "analysis/format_units.h"

namespace hybrid {
namespace {

/// Time of a batch over that of one that divides evenly among the workers;
/// 1 for fewer tasks than workers, which is another matter.
double UnevenBound(const RuleInput& input, const SplitResult& split) {
  const std::uint64_t workers = split.split.workers;
  const std::uint64_t batch = input.key.batch;
  if (workers == 0 || batch < workers) return 1;
  const std::uint64_t rounds = (batch + workers - 1) / workers;
  return static_cast<double>(rounds * workers) / static_cast<double>(batch);
}

/// Idle share of the mean worker if the others are this much faster than the
/// slowest.
double TailShare(double bound) { return bound > 1 ? 1 - 1 / bound : 0; }

double MeasuredBound(const SplitResult& split) {
  return std::max(1.0, split.evidence.imbalance.value_or(1));
}

/// Idle share that the batch's tail or a lack of cores explains.
double ExpectedIdle(const RuleInput& input, const SplitResult& split) {
  if (HasTooManyThreads(input, split)) {
    // Only as many single-threaded workers as there are cores can be busy.
    return 1 - static_cast<double>(input.key.usable_cores) /
                   static_cast<double>(split.split.workers);
  }
  if (input.key.batch < split.split.workers) return 0;
  return TailShare(std::max(UnevenBound(input, split), MeasuredBound(split)));
}

/// The rest of the idle share, of the time in which workers could be busy.
double WaitingShare(const RuleInput& input, const SplitResult& split) {
  const double idle = split.evidence.idle_share.value_or(0);
  const double expected = ExpectedIdle(input, split);
  if (expected < 0 || expected >= 1) return 0;
  return std::clamp((idle - expected) / (1 - expected), 0.0, 0.99);
}

}  // namespace

// G. M. Amdahl, "Validity of the single processor approach to achieving large
// scale computing capabilities", AFIPS 30 (1967), 483-485: what only one of T
// threads does is not divided by T.
std::optional<Finding> LoadNotParallel(const RuleInput& input) {
  const auto saved = [&](const SplitResult& split) {
    const auto threads = static_cast<double>(split.split.blas_threads);
    return split.evidence.load_share.value_or(0) * (1 - 1 / threads);
  };
  if (input.split.split.blas_threads < 2 ||
      HasTooManyThreads(input, input.split) ||
      saved(input.split) < kSerialLoad) {
    return std::nullopt;
  }
  return Finding{
      Cause::kLoadNotParallel,
      Relative(input, [&](const SplitResult& s) { return 1 / (1 - saved(s)); }),
      fmt::format(
          "load is not parallel: one thread makes the operands for "
          "{} of the wall time, while the other{} (Amdahl)",
          FormatPercent(*input.split.evidence.load_share),
          input.split.split.blas_threads == 2
              ? " waits"
              : fmt::format(" {} wait", input.split.split.blas_threads - 1))};
}

std::optional<Finding> Imbalance(const RuleInput& input) {
  const std::optional<double>& idle = input.split.evidence.idle_share;
  const std::uint64_t workers = input.split.split.workers;
  if (workers < 2 || !idle || *idle >= 1 || input.key.batch < workers ||
      HasTooManyThreads(input, input.split)) {
    return std::nullopt;
  }
  const double uneven = UnevenBound(input, input.split);
  const double measured = MeasuredBound(input.split);
  const double bound = std::max(uneven, measured);
  if (bound < kUneven || *idle < kTailSeen * TailShare(bound)) {
    return std::nullopt;
  }
  const auto loss = [&](const SplitResult& split) {
    const double seen =
        1 / (1 - std::min(0.99, split.evidence.idle_share.value_or(0)));
    return std::min(seen,
                    std::max(UnevenBound(input, split), MeasuredBound(split)));
  };
  const std::string why =
      uneven >= kUneven
          ? fmt::format(
                "{} tasks take {} workers {} rounds where {:.3g} would "
                "do",
                input.key.batch, workers,
                (input.key.batch + workers - 1) / workers,
                static_cast<double>(input.key.batch) /
                    static_cast<double>(workers))
          : fmt::format(
                "the slowest worker was busy {} as long as the median "
                "one",
                FormatRatio(measured));
  return Finding{
      Cause::kImbalance, Relative(input, loss),
      fmt::format("imbalance: {}, idle {}", why, FormatPercent(*idle))};
}

std::optional<Finding> Waiting(const RuleInput& input) {
  const Evidence& evidence = input.split.evidence;
  if (!evidence.idle_share || !evidence.idle_s ||
      (HasTooManyThreads(input, input.split) &&
       input.split.split.blas_threads > 1)) {
    return std::nullopt;
  }
  const bool without_task = input.key.batch < input.split.split.workers;
  if (WaitingShare(input, input.split) < kWaitingShare ||
      (!without_task && *evidence.idle_s > kLongestGate_s)) {
    return std::nullopt;
  }
  const auto loss = [&](const SplitResult& split) {
    return 1 / (1 - WaitingShare(input, split));
  };
  const double expected = ExpectedIdle(input, input.split);
  const std::string idle = fmt::format(
      "workers idle {} of the wall time{}", FormatPercent(*evidence.idle_share),
      expected >= kWaitingShare
          ? fmt::format(", where {} would do", FormatPercent(expected))
          : std::string());
  return Finding{
      Cause::kWaiting, Relative(input, loss),
      without_task
          ? fmt::format("more workers than tasks: {} for {} tasks, {}",
                        input.split.split.workers, input.key.batch, idle)
          : fmt::format("waiting at the gate and waking up: {} ({} per batch)",
                        idle, FormatSeconds(*evidence.idle_s))};
}

std::optional<Finding> StartNotRepaid(const RuleInput& input) {
  if (input.single == nullptr) return std::nullopt;
  const std::optional<std::uint64_t> tasks =
      BreakEvenTasks(input.key, input.split, *input.single);
  if (!tasks || *tasks <= input.key.batch) return std::nullopt;
  const double alone =
      *input.single->evidence.start_s + *input.single->median_s;
  const double with_start =
      *input.split.evidence.start_s + *input.split.median_s;
  return Finding{
      Cause::kStartNotRepaid, std::max(1.0, with_start / alone),
      fmt::format("start-up not repaid by {} tasks: {} with it, 1×1 {}",
                  input.key.batch, FormatSeconds(with_start),
                  FormatSeconds(alone))};
}

}  // namespace hybrid
