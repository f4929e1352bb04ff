#include "analysis/rules_cores.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/evidence.h"
#include "analysis/format_units.h"
#include "analysis/rules_machine.h"
#include "analysis/split_result.h"
#include "base/text.h"
#include "blas/blas_files.h"
#include "blas/library_table.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

/// The throughput that the cores of its hosts would give if each did what 1×1's
/// does, over what they gave: at least 1, and endless if no task was done.
/// Nothing without 1×1's throughput.
std::optional<double> Price(const RuleInput& input, const SplitResult& split) {
  if (input.single == nullptr || !input.single->tasks_per_s) {
    return std::nullopt;
  }
  if (!split.tasks_per_s) return std::numeric_limits<double>::infinity();
  return std::max(1.0, CoreCount(input, split) * *input.single->tasks_per_s /
                           *split.tasks_per_s);
}

/// The split's price over the best's; only where 1×1's throughput is known.
double PriceOverBest(const RuleInput& input) {
  return LossOverBest(input, [&input](const SplitResult& split) {
    return *Price(input, split);
  });
}

/// Whether threads wait for CPUs because there are too few, and not because
/// others take them.
bool WaitsForCpu(const RuleInput& input) {
  const std::optional<double>& delay = input.split.evidence.run_delay;
  if (!HasTooManyThreads(input, input.split) || !delay || *delay < kWaits) {
    return false;
  }
  const std::optional<double> usual =
      input.single != nullptr ? input.single->evidence.run_delay : std::nullopt;
  return !usual || *delay >= kWaitsMore * *usual;
}

/// "each thread waited for a CPU 48 % of the time (1×1: 0.2 %)".
std::string WaitText(const RuleInput& input, const char* who) {
  std::string text =
      fmt::format("each {} waited for a CPU {} of the time", who,
                  FormatPercent(*input.split.evidence.run_delay));
  if (input.single != nullptr && input.single->evidence.run_delay) {
    text += fmt::format(" (1×1: {})",
                        FormatPercent(*input.single->evidence.run_delay));
  }
  return text;
}

/// What tells that tasks are torn apart: their latency against 1×1's, or that
/// none was done at all. Nothing if they are not, or that is unknown.
std::optional<std::string> LatencyText(const RuleInput& input) {
  if (input.single == nullptr) return std::nullopt;
  if (!input.split.tasks_per_s && input.single->evidence.task_p50_s) {
    std::string text = "no task done";
    if (input.split.capped_s) {
      text += fmt::format(" in {}", FormatSeconds(*input.split.capped_s));
    }
    text += fmt::format(", whereas 1×1 takes {}",
                        FormatSeconds(*input.single->evidence.task_p50_s));
    return text;
  }
  const std::optional<double>& p99 = input.split.evidence.task_p99_s;
  const std::optional<double>& usual = input.single->evidence.task_p99_s;
  if (!p99 || !usual || *p99 < kTornLatency * *usual) return std::nullopt;
  return fmt::format("p99 of a task {} against {} for 1×1", FormatSeconds(*p99),
                     FormatSeconds(*usual));
}

/// " (haswell against skx kernels)": the split's and 1×1's, if they differ.
std::string KernelsAgainst(const RuleInput& input) {
  const std::string& own = input.split.kernels;
  const std::string& usual = input.single->kernels;
  if (own == usual || own.empty() || usual.empty()) return {};
  return fmt::format(" ({} against {} kernels)", own, usual);
}

/// What is known of why a library runs fewer threads, behind a colon.
std::string WhyFewer(const Key& key, std::string_view family,
                     std::uint64_t asked) {
  const Operation* const operation = FindOperation(key.operation);
  if (operation != nullptr && operation->needs_lapack()) {
    return ": parts of LAPACK are serial";
  }
  const auto n = static_cast<double>(key.n);
  const double work = static_cast<double>(key.aspect) * n * n * n;
  const double least = FamilyNamed(family).least_work;
  const double for_all = least * static_cast<double>(asked);
  if (key.operation != "gemm" || work >= for_all) return {};
  return fmt::format(": it cuts threads below m·n·k = {:.0f} ({:.0f} for each)",
                     for_all, least);
}

}  // namespace

std::optional<Finding> Oversubscribed(const RuleInput& input) {
  if (ThreadsAtWork(input.split) < 2 || !WaitsForCpu(input)) {
    return std::nullopt;
  }
  const std::optional<double> price = Price(input, input.split);
  const std::optional<std::string> latency = LatencyText(input);
  if (!price || *price < kOversubscribedPrice || !latency) return std::nullopt;
  return Finding{Cause::kOversubscribed, PriceOverBest(input),
                 fmt::format("oversubscribed: {}, {}", *latency,
                             WaitText(input, "thread"))};
}

std::optional<Finding> CrowdedOut(const RuleInput& input) {
  const Evidence& evidence = input.split.evidence;
  if (ThreadsAtWork(input.split) < 2 || HasTooManyThreads(input, input.split) ||
      evidence.run_delay.value_or(0) < kWaits ||
      evidence.foreign_share.value_or(0) < kDisturbedShare) {
    return std::nullopt;
  }
  const std::optional<double> price = Price(input, input.split);
  const std::optional<std::string> latency = LatencyText(input);
  if (!price || !latency) return std::nullopt;
  return Finding{
      Cause::kDisturbed, PriceOverBest(input),
      fmt::format("disturbed: other programs took {} of its CPU time, and its "
                  "threads spin for one that waits: {}, {}",
                  FormatPercent(*evidence.foreign_share), *latency,
                  WaitText(input, "thread"))};
}

std::optional<Finding> TakingTurns(const RuleInput& input) {
  if (ThreadsAtWork(input.split) != 1 || !WaitsForCpu(input) ||
      !Price(input, input.split)) {
    return std::nullopt;
  }
  return Finding{
      Cause::kTakingTurns, PriceOverBest(input),
      fmt::format("more workers than cores: {} take turns on {}{}, {}",
                  input.split.split.workers, input.key.usable_cores,
                  input.split.split.host_count > 1 ? " of each host" : "",
                  WaitText(input, "worker"))};
}

/// Who ran fewer threads: a command calls what BLAS it likes.
std::string_view WhoRan(const Key& key, std::string_view family) {
  if (key.runs_command()) return "the command";
  return family.empty() ? "the BLAS" : FamilyNamed(family).title;
}

/// " gemm n=64"; of a command it has been said.
std::string WhatRan(const Key& key) {
  return key.runs_command() ? std::string()
                            : fmt::format(" {} n={}", key.operation, key.n);
}

/// " for n=64: in gemm ", or what is known of a command.
std::string WhereFine(const Key& key, bool fine) {
  if (key.runs_command() && key.n == 0) return ": ";
  return fmt::format(" {} n={}: {}", fine ? "for" : "at", key.n,
                     key.runs_command() ? std::string()
                                        : fmt::format("in {} ", key.operation));
}

/// "2 of 8 cores", "2 of 8 cores, on 1 of 4 hosts": those of the best's hosts,
/// where these are more.
std::string CoresText(const RuleInput& input, double used) {
  const std::uint64_t own = input.split.split.host_count;
  const std::uint64_t hosts = std::max(own, input.best.split.host_count);
  std::string text = fmt::format(
      "{:.0f} of {:.0f} cores", used,
      static_cast<double>(hosts) * static_cast<double>(input.key.usable_cores));
  if (own < hosts) text += fmt::format(", on {} of {} hosts", own, hosts);
  return text;
}

std::optional<Finding> FewerThreads(const RuleInput& input) {
  const std::uint64_t asked = input.split.split.blas_threads;
  const std::uint64_t at_work = ThreadsAtWork(input.split);
  const double used = CoresUsedBy(input, input.split);
  const double of_best = CoresUsedBy(input, input.best);
  if (at_work >= asked || used >= of_best) return std::nullopt;
  const std::string_view family = FamilyOf(input.key.blas);
  return Finding{
      Cause::kFewerThreads, of_best / used,
      fmt::format("{} ran{} on {} of {}, on {}{}", WhoRan(input.key, family),
                  WhatRan(input.key), Counted(at_work, "thread"), asked,
                  CoresText(input, used), WhyFewer(input.key, family, asked))};
}

std::optional<Finding> ThreadsTooFine(const RuleInput& input) {
  if (ThreadsAtWork(input.split) < 2 || input.single == nullptr ||
      HasTooManyThreads(input, input.split) || CrowdedOut(input)) {
    return std::nullopt;
  }
  const std::optional<double> alone = OperateRate(*input.single);
  const std::optional<double> rate = OperateRate(input.split);
  if (!alone || !rate || *rate >= kFineThreads * *alone) return std::nullopt;
  const auto loss = [&](const SplitResult& split) {
    // The best's loss counts too where it has one thread a worker: what all
    // cores together lose against one (clock, shared cache) is not the
    // threads'.
    const double kept = OperateRate(split).value_or(*alone) / *alone;
    return 1 / (1 - split.evidence.operate_share.value_or(0) * (1 - kept));
  };
  const bool fine = 1 / *alone <= kFineTask_s;
  return Finding{
      Cause::kThreadsTooFine, LossOverBest(input, loss),
      fmt::format("{}{}each of a worker's {} threads does {:.2f} of what "
                  "1×1's does{}",
                  fine ? "threads too fine" : "threads scale badly",
                  WhereFine(input.key, fine), ThreadsAtWork(input.split),
                  *rate / *alone, KernelsAgainst(input))};
}

std::optional<Finding> SharedProcess(const RuleInput& input) {
  const SplitResult& best = input.best;
  if (input.split.split.engine != Engine::kThreads ||
      input.split.split.workers < 2 ||
      best.split.engine != Engine::kProcesses ||
      best.split.blas_threads != input.split.split.blas_threads ||
      HasTooManyThreads(input, input.split)) {
    return std::nullopt;
  }
  const std::optional<double> rate = OperateRate(input.split);
  const std::optional<double> of_best = OperateRate(best);
  if (!rate || !of_best || *rate >= kHeldUp * *of_best) return std::nullopt;
  const double kept = *rate / *of_best;
  const double share = input.split.evidence.operate_share.value_or(0);
  return Finding{
      Cause::kSharedProcess, 1 / (1 - share * (1 - kept)),
      fmt::format(
          "threads of one process wait for each other{}each does {:.2f} "
          "of what a process of its own does",
          input.key.runs_command()
              ? std::string(": ")
              : fmt::format(" in the BLAS: in {} ", input.key.operation),
          kept)};
}

std::optional<Finding> CoresIdle(const RuleInput& input) {
  const double used = CoresUsedBy(input, input.split);
  const double of_best = CoresUsedBy(input, input.best);
  const bool all_at_work =
      ThreadsAtWork(input.split) == input.split.split.blas_threads;
  if (!all_at_work || used >= of_best) return std::nullopt;
  return Finding{Cause::kCoresIdle, of_best / used,
                 fmt::format("uses {}", CoresText(input, used))};
}

}  // namespace hybrid
