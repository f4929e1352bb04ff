#include "analysis/rules_batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "analysis/break_even.h"
#include "analysis/evidence.h"
#include "analysis/format_units.h"
#include "analysis/rules_hosts.h"
#include "analysis/split_result.h"

namespace hybrid {
namespace {

/// Share of wall time that the split would save if its load were parallel.
double ParallelLoadGain(const SplitResult& split) {
  const auto threads = static_cast<double>(ThreadsAtWork(split));
  return split.evidence.load_share.value_or(0) * (1 - 1 / threads);
}

/// How often `workers` workers take a task each until a batch is done.
std::uint64_t TaskRounds(std::uint64_t batch, std::uint64_t workers) {
  return (batch + workers - 1) / workers;
}

/// The workers of all hosts. A file may tell numbers whose product wraps
/// around: then one that no batch has tasks for.
std::uint64_t AllWorkers(const SplitResult& split) {
  const std::uint64_t hosts = split.split.host_count;
  const std::uint64_t workers = split.split.workers;
  constexpr std::uint64_t kMany = std::uint64_t{1} << 62U;
  return hosts > 0 && workers > kMany / hosts ? kMany : hosts * workers;
}

/// Time of a batch over that of one that divides evenly among the workers;
/// 1 for fewer tasks than workers, which is another matter.
double UnevenBound(const RuleInput& input, const SplitResult& split) {
  const std::uint64_t workers = AllWorkers(split);
  const std::uint64_t batch = input.key.batch;
  if (workers == 0 || batch < workers) return 1;
  return static_cast<double>(TaskRounds(batch, workers) * workers) /
         static_cast<double>(batch);
}

/// Busy time of the slowest worker over that of the median one; 1 if unknown.
double MeasuredBound(const SplitResult& split) {
  return std::max(1.0, split.evidence.imbalance.value_or(1));
}

/// How much longer the slowest worker is busy than the others, by what the
/// batch predicts or by what was measured, whichever is more.
double TailBound(const RuleInput& input, const SplitResult& split) {
  return std::max(UnevenBound(input, split), MeasuredBound(split));
}

/// Idle share of the mean worker if the others are `bound` times as fast as the
/// slowest.
double TailShare(double bound) { return bound > 1 ? 1 - 1 / bound : 0; }

/// Factor of the time that the batch's tail costs: no more than the idle time
/// that was seen.
double TailLoss(const RuleInput& input, const SplitResult& split) {
  const double idle = split.evidence.idle_share.value_or(0);
  return std::min(1 / (1 - std::min(0.99, idle)), TailBound(input, split));
}

/// Idle share that the batch's tail or a lack of cores explains.
double ExpectedIdle(const RuleInput& input, const SplitResult& split) {
  if (HasTooManyThreads(input, split)) {
    // Only as many single-threaded workers as there are cores can be busy.
    return 1 - CoreCount(input, split) / static_cast<double>(AllWorkers(split));
  }
  if (input.key.batch < AllWorkers(split)) return 0;
  return TailShare(TailBound(input, split));
}

/// The rest of the idle share, of the time in which workers could be busy.
double WaitingShare(const RuleInput& input, const SplitResult& split) {
  // What the hosts' own rules explain is none of the gate's.
  const double idle = split.evidence.idle_share.value_or(0) -
                      split.evidence.network_share.value_or(0) -
                      split.evidence.starved_share.value_or(0);
  const double expected = ExpectedIdle(input, split);
  if (expected < 0 || expected >= 1) return 0;
  return std::clamp((idle - expected) / (1 - expected), 0.0, 0.99);
}

/// " over 4 hosts"; empty of one.
std::string OverHosts(const SplitResult& split) {
  const std::uint64_t hosts = split.split.host_count;
  return hosts > 1 ? fmt::format(" over {} hosts", hosts) : std::string();
}

}  // namespace

std::optional<Finding> LoadNotParallel(const RuleInput& input) {
  const std::uint64_t threads = ThreadsAtWork(input.split);
  if (threads < 2 || HasTooManyThreads(input, input.split) ||
      ParallelLoadGain(input.split) < kSerialLoad) {
    return std::nullopt;
  }
  const auto loss = [](const SplitResult& split) {
    return 1 / (1 - ParallelLoadGain(split));
  };
  const std::string others =
      threads == 2 ? std::string("the other waits")
                   : fmt::format("the other {} wait", threads - 1);
  return Finding{
      Cause::kLoadNotParallel, LossOverBest(input, loss),
      fmt::format("load is not parallel: one thread makes the operands for {} "
                  "of the wall time, while {} (Amdahl)",
                  FormatPercent(*input.split.evidence.load_share), others)};
}

std::optional<Finding> Imbalance(const RuleInput& input) {
  const std::optional<double>& idle = input.split.evidence.idle_share;
  const std::uint64_t workers = AllWorkers(input.split);
  const std::uint64_t batch = input.key.batch;
  if (workers < 2 || !idle || *idle >= 1 || batch < workers ||
      HasTooManyThreads(input, input.split)) {
    return std::nullopt;
  }
  const double bound = TailBound(input, input.split);
  if (bound < kUneven || *idle < kTailSeen * TailShare(bound)) {
    return std::nullopt;
  }
  std::string why;
  if (UnevenBound(input, input.split) >= kUneven) {
    why =
        fmt::format("{} tasks take {} workers {} rounds where {:.3g} would do",
                    batch, workers, TaskRounds(batch, workers),
                    static_cast<double>(batch) / static_cast<double>(workers));
  } else {
    why =
        fmt::format("the slowest worker was busy {} as long as the median one",
                    FormatRatio(MeasuredBound(input.split)));
  }
  const auto loss = [&input](const SplitResult& split) {
    return TailLoss(input, split);
  };
  return Finding{Cause::kImbalance, LossOverBest(input, loss),
                 fmt::format("imbalance{}: {}, idle {}", OverHosts(input.split),
                             why, FormatPercent(*idle))};
}

std::optional<Finding> Waiting(const RuleInput& input) {
  const Evidence& evidence = input.split.evidence;
  if (!evidence.idle_share || !evidence.idle_s ||
      (HasTooManyThreads(input, input.split) &&
       ThreadsAtWork(input.split) > 1)) {
    return std::nullopt;
  }
  const bool without_task = input.key.batch < AllWorkers(input.split);
  if (WaitingShare(input, input.split) < kWaitingShare ||
      (!without_task && *evidence.idle_s > kLongestGate_s)) {
    return std::nullopt;
  }
  std::string idle = fmt::format("workers idle {} of the wall time",
                                 FormatPercent(*evidence.idle_share));
  const double expected = ExpectedIdle(input, input.split);
  if (expected >= kWaitingShare) {
    idle += fmt::format(", where {} would do", FormatPercent(expected));
  }
  const std::string text =
      without_task
          ? fmt::format("more workers than tasks: {} for {} tasks, {}",
                        AllWorkers(input.split), input.key.batch, idle)
          : fmt::format("waiting at the gate and waking up: {} ({} per batch)",
                        idle, FormatSeconds(*evidence.idle_s));
  const auto loss = [&input](const SplitResult& split) {
    return 1 / (1 - WaitingShare(input, split));
  };
  return Finding{Cause::kWaiting, LossOverBest(input, loss), text};
}

std::optional<Finding> StartNotRepaid(const RuleInput& input) {
  if (auto agents = AgentsNotRepaid(input)) return agents;
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
