#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "analysis/answer_text.h"
#include "analysis/format_units.h"
#include "analysis/statistics.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

std::string Title(const GroupKey& key) {
  std::vector<std::string> details;
  if (!key.data.empty()) details.push_back(key.data + " operands");
  if (!key.collect.empty() && key.collect != "none") {
    details.push_back("collect " + key.collect);
  }
  if (!key.pin.empty() && key.pin != "auto") {
    details.push_back("pin " + key.pin);
  }
  if (!key.kernels.empty()) details.push_back(key.kernels + " kernels");
  return fmt::format(
      "{}  n={}  batch={}{}\n", key.operation, key.n, key.batch,
      details.empty() ? "" : fmt::format("  ({})", fmt::join(details, ", ")));
}

std::string Throughput(const SplitResult& result) {
  if (result.gflops) return FormatNumber(*result.gflops) + " GFLOP/s";
  if (result.tasks_per_s) {
    return FormatNumber(*result.tasks_per_s) + " tasks/s";
  }
  return {};
}

/// The split and what was measured of it: "2×1  9.61 ms".
std::string Measured(const SplitResult& result) {
  return FormatSplit(result.split) + "  " +
         (result.median_s ? FormatSeconds(*result.median_s)
                          : FormatNumber(*result.tasks_per_s) + " tasks/s");
}

std::string BestLine(const SplitResult& best) {
  if (!best.median_s) {
    return FormatItems(
        "best", {Measured(best) + ": no split completed, ranked by the rate "
                                  "reached at the cap"});
  }
  const std::string noise =
      best.spread ? FormatSpread(*best.spread) : "(1 repetition)";
  return FormatItems("best", {fmt::format("{} {}   {}", Measured(best), noise,
                                          Throughput(best))});
}

std::string Compared(const SplitResult& result) {
  std::string text = FormatSlowdown(*result.slowdown);
  if (result.p_value) text += fmt::format(", p = {:.2f}", *result.p_value);
  return fmt::format("{} ({})", Measured(result), text);
}

std::string GainItem(const Gain& gain) {
  std::string note = gain.split == Split{1, 1} ? "" : gain.base;
  const auto add_note = [&note](std::string_view text) {
    if (!note.empty()) note += ", ";
    note += text;
  };
  std::string value;
  switch (gain.kind) {
    case Gain::Kind::kMeasured:
      value = FormatRatio(gain.ratio);
      break;
    case Gain::Kind::kMoreThan:
      value = "> " + FormatRatio(gain.ratio);
      add_note("capped");
      break;
    case Gain::Kind::kByRate:
      value = FormatRatio(gain.ratio);
      add_note("capped, by rate");
      break;
    case Gain::Kind::kNotMeasured:
    case Gain::Kind::kFailed:
      break;
  }
  const std::string base =
      FormatSplit(gain.split) + (note.empty() ? "" : " (" + note + ")");
  if (gain.kind == Gain::Kind::kNotMeasured) return base + " not measured";
  if (gain.kind == Gain::Kind::kFailed) return base + " failed";
  return value + " over " + base;
}

/// "2×2  8.3× slower, oversubscribed".
std::string LoserItem(const SplitResult& result) {
  std::string text = FormatSplit(result.split) + "  ";
  if (result.status == SplitStatus::kCapped) {
    text += "capped";
    if (result.capped_s) text += " after " + FormatSeconds(*result.capped_s);
    text += result.slowdown ? ": " + FormatSlowdown(*result.slowdown) +
                                  " at the rate it had reached"
                            : " without a task done";
  } else {
    text += FormatRatio(*result.slowdown) + " slower";
  }
  return text + (result.oversubscribed ? ", oversubscribed" : "");
}

}  // namespace

std::string GroupText(const Answer& answer) {
  std::string text = Title(answer.key);
  const SplitResult* const best = answer.best();
  const SplitResult* const worst = answer.worst();
  std::vector<std::string> ties;
  std::vector<std::string> unclear;
  std::vector<std::string> noisy;
  std::vector<std::string> capped;
  std::string failed;
  for (const SplitResult& split : answer.splits) {
    if (split.verdict == Verdict::kTie) ties.push_back(Compared(split));
    if (split.verdict == Verdict::kCannotTell) {
      unclear.push_back(Compared(split));
    }
    if (split.verdict == Verdict::kTooNoisy) noisy.push_back(Compared(split));
    if (split.verdict == Verdict::kCapped && &split != worst) {
      capped.push_back(LoserItem(split));
    }
    if (split.verdict == Verdict::kFailed) {
      failed += FormatItems("failed", {FormatSplit(split.split) + "  " +
                                       Excerpt(split.error, 75)});
    }
  }
  if (best != nullptr) {
    text += BestLine(*best);
  } else {
    text += FormatItems("best", {"none: no split did any task"});
  }
  if (!ties.empty()) text += FormatItems("ties", ties);
  if (!unclear.empty()) {
    text += FormatItems("unclear", unclear);
    text += FormatItems("", {fmt::format("fewer than {} repetitions: can't be "
                                         "told from noise",
                                         kFewestSamples)});
  }
  if (!noisy.empty()) {
    noisy.push_back("too noisy to tell");
    text += FormatItems("unclear", noisy);
  }
  if (best != nullptr && answer.splits.size() == 1) {
    text += FormatItems("gain", {"unknown: no other split was measured"});
  } else if (best != nullptr) {
    std::vector<std::string> gains;
    for (const Gain& gain : answer.gains) {
      if (gain.split != best->split) gains.push_back(GainItem(gain));
    }
    for (const Gain& gain : answer.gains) {
      if (gain.split == best->split && best->split != Split{1, 1}) {
        gains.push_back("it is " + gain.base + " itself");
      }
    }
    text += FormatItems("gain", gains);
  }
  if (best != nullptr && answer.splits.size() > 1 &&
      answer.key.operation != "none") {
    text += FormatItems(
        "use",
        {fmt::format("export BLIS_NUM_THREADS={}", best->split.blas_threads),
         best->split.workers == 1
             ? std::string("1 process")
             : fmt::format("{} worker processes", best->split.workers)});
  }
  if (worst != nullptr) text += FormatItems("worst", {LoserItem(*worst)});
  if (!capped.empty()) text += FormatItems("capped", capped);
  return text + failed;
}

}  // namespace hybrid
