#include "analysis/group_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/chunk_advice.h"
#include "analysis/engines.h"
#include "analysis/format_units.h"
#include "analysis/gain_text.h"
#include "analysis/group_key.h"
#include "analysis/hosts.h"
#include "analysis/kernels_text.h"
#include "analysis/memory_traffic.h"
#include "analysis/rules_machine.h"
#include "analysis/split_result.h"
#include "analysis/trust.h"
#include "analysis/why_text.h"
#include "base/text.h"
#include "key/key.h"
#include "key/key_text.h"
#include "operation/operation.h"
#include "results/row_format.h"
#include "search/statement_text.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

std::string TitleLine(const GroupKey& key,
                      const std::vector<std::string>& conditions) {
  return fmt::format("{}  {}  ({})\n", key.operation, TasksText(key, "  "),
                     fmt::join(conditions, ", "));
}

/// Of operations whose flops are nominal, or that have none, the tasks, and by
/// what a program says of its own the flops; empty if neither was measured.
std::string ThroughputText(const Answer& answer, const SplitResult& result) {
  if (result.gflops && !IsNominal(answer.key.operation)) {
    return FormatNumber(*result.gflops) + " GFLOP/s";
  }
  if (!result.tasks_per_s) return {};
  std::string tasks = FormatNumber(*result.tasks_per_s) + " tasks/s";
  if (!answer.key.runs_command() || !result.gflops) return tasks;
  return fmt::format("{} (~{} GFLOP/s)", tasks, FormatNumber(*result.gflops));
}

/// "2×1  9.61 ms", or the rate of what has no time.
std::string MeasuredText(const SplitResult& result) {
  return SplitText(result.split) + "  " +
         (result.median_s ? FormatSeconds(*result.median_s)
                          : FormatNumber(*result.tasks_per_s) + " tasks/s");
}

/// Why there is no best.
std::string NothingRankedText(const Answer& answer) {
  const bool disturbed = std::any_of(
      answer.splits.begin(), answer.splits.end(), [](const SplitResult& split) {
        return split.verdict == Verdict::kDisturbed;
      });
  return disturbed ? "none: no split was measured undisturbed"
                   : "none: no split did any task";
}

/// "±1.2 %", of a search with the launches that it had: each split has its own
/// number.
std::string NoiseOfBest(const Answer& answer, const SplitResult& best) {
  const std::string spread =
      best.spread ? FormatSpread(*best.spread) : std::string();
  if (!answer.launched || answer.launched->circumstances.is_grid) {
    return best.spread ? spread : "(1 repetition)";
  }
  return best.spread ? fmt::format("{} ({} launches)", spread, best.completed)
                     : "(1 launch)";
}

std::string BestLine(const Answer& answer) {
  const SplitResult* const best = answer.best();
  if (best == nullptr) {
    return FormatItems("best", {NothingRankedText(answer)});
  }
  if (!best->median_s) {
    return FormatItems(
        "best", {MeasuredText(*best) + ": no split completed, ranked by the "
                                       "rate reached at the cap"});
  }
  std::vector<std::string> items = {
      fmt::format("{} {}   {}", MeasuredText(*best), NoiseOfBest(answer, *best),
                  ThroughputText(answer, *best))};
  if (best->evidence.peak_fraction) {
    items.push_back(FormatPercent(*best->evidence.peak_fraction) +
                    (best->split.host_count == 1 ? " of this machine's peak"
                                                 : " of these hosts' peak"));
  }
  const auto memory = MemoryFraction(answer.key, answer.ceilings, *best);
  if (memory && *memory >= kMemoryBoundFraction) {
    items.push_back("an estimated " + FormatPercent(*memory) +
                    " of the triad's bandwidth");
  }
  if (!best->kernels.empty() && CommonKernels(answer).empty()) {
    items.push_back(best->kernels + " kernels");
  }
  return FormatItems("best", items);
}

/// "9.70 ms (+0.9 %, p = 0.20)", or what else makes it a tie.
std::string ComparedText(const SplitResult& result) {
  std::string text = FormatSlowdown(*result.slowdown);
  if (result.verdict == Verdict::kTie && result.cause) {
    text += ", " + result.cause->text;
  } else if (result.p_value) {
    text += fmt::format(", p = {:.2f}", *result.p_value);
  }
  return fmt::format("{} ({})", MeasuredText(result), text);
}

/// Which split to use where that is not the best; empty elsewhere.
std::string UseLine(const Answer& answer) {
  const SplitResult* const use = answer.recommended();
  if (use == answer.best()) return {};
  const SplitResult& best = *answer.best();
  const char* const why = best.oversubscribed ? "is not oversubscribed"
                          : use->split.host_count < best.split.host_count
                              ? "needs fewer hosts"
                              : "leaves none of its threads idle";
  return FormatItems(
      "use", {fmt::format("{}, which ties with {} and {}",
                          SplitText(use->split), SplitText(best.split), why)});
}

/// Which of the fastest splits ran fewer threads than they were to: those of
/// the others are among their causes. Empty if none did.
std::string ThreadsLine(const Answer& answer) {
  std::vector<std::string> items;
  for (const SplitResult& split : answer.splits) {
    const bool fast =
        split.verdict == Verdict::kBest || split.verdict == Verdict::kTie;
    const std::uint64_t at_work = ThreadsAtWork(split);
    if (!fast || at_work >= split.split.blas_threads) continue;
    items.push_back(
        fmt::format("{} ran on {} of {} each", SplitText(split.split),
                    Counted(at_work, "thread"), split.split.blas_threads));
  }
  return items.empty() ? std::string() : FormatItems("threads", items);
}

/// What the launches of one run say together: of a search how much of the grid
/// it took, of both what may have been missed. Empty where workers lived on,
/// and of a split alone.
std::string LaunchedText(const Answer& answer) {
  if (!answer.launched || answer.splits.size() < 2) return {};
  const auto& [statement, circumstances] = *answer.launched;
  std::string label = circumstances.is_grid ? "chance" : "search";
  std::string text;
  for (const std::string& said : StatementText(statement, circumstances)) {
    text += FormatLine(label, said);
    label.clear();
  }
  return text;
}

}  // namespace

std::vector<std::string> Conditions(const GroupKey& key,
                                    const std::string& library) {
  std::vector<std::string> details;
  ForEachKey(key, [&](const KeyPart& part, const auto& field) {
    const std::string value = part.column == "blas" ? library : KeyValue(field);
    if (part.role != KeyRole::kOption || value.empty()) return;
    if (!part.told.empty()) {
      details.push_back(fmt::format(fmt::runtime(part.told), value));
    } else if (value != part.usual) {
      details.push_back(fmt::format("{} {}", part.label, value));
    }
  });
  return details;
}

std::string GroupText(const Answer& answer,
                      const std::vector<std::string>& conditions) {
  std::vector<std::string> ties;
  std::vector<std::string> unclear;
  std::vector<std::string> noisy;
  std::string disturbed;
  std::string failed;
  for (const SplitResult& split : answer.splits) {
    if (split.verdict == Verdict::kTie) ties.push_back(ComparedText(split));
    if (split.verdict == Verdict::kCannotTell) {
      unclear.push_back(ComparedText(split));
    }
    if (split.verdict == Verdict::kDisturbed) {
      disturbed += FormatItems(
          "unclear", {SplitText(split.split) + "  " + split.cause->text});
    }
    if (split.verdict == Verdict::kFailed) {
      failed += FormatItems(
          "failed", {SplitText(split.split) + "  " + Excerpt(split.error, 75)});
    }
    if (!split.warnings.empty()) {
      noisy.push_back(fmt::format("{} {}", SplitText(split.split),
                                  fmt::join(split.warnings, ", ")));
    }
  }
  std::string text = TitleLine(answer.key, conditions) + BestLine(answer);
  if (!ties.empty()) text += FormatItems("ties", ties);
  if (!unclear.empty()) {
    text += FormatItems("unclear", unclear);
    text += FormatItems("", {fmt::format("fewer than {} repetitions: can't be "
                                         "told from noise",
                                         kFewestSamples)});
  }
  text += LaunchedText(answer);
  const Answer* const alone = &answer;
  const std::string engines = EnginesText({&alone, 1}, WithCauses::kYes);
  if (!engines.empty()) text += FormatItems("engines", {engines});
  text += HostsLines(answer);
  const std::string unverified = UnverifiedText(answer);
  if (!unverified.empty()) text += FormatItems("results", {unverified});
  text += disturbed + GainText(answer) + ChunkText(answer) +
          KernelsText(answer) + ThreadsLine(answer) + UseLine(answer) +
          WhyText(answer);
  if (!noisy.empty()) text += FormatItems("noisy", noisy);
  return text + failed;
}

}  // namespace hybrid
