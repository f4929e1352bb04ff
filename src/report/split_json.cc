#include "report/split_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "analysis/format_units.h"
#include "analysis/modes_text.h"
#include "base/enum_names.h"
#include "base/json.h"
#include "key/key.h"
#include "key/key_text.h"
#include "report/against_best.h"
#include "report/cell_text.h"
#include "report/evidence_columns.h"

namespace hybrid {
namespace {

/// How many times as fast as `single`, which is 1×1: by the times where both
/// completed, else by the rates they reached. Nothing if that is not known.
std::optional<double> Speedup(const SplitResult& result,
                              const SplitResult* single) {
  if (single == nullptr) return std::nullopt;
  const auto ratio = [](const std::optional<double>& over,
                        const std::optional<double>& under) {
    return over && under && *over > 0 && *under > 0
               ? std::optional(*over / *under)
               : std::nullopt;
  };
  return result.median_s && single->median_s
             ? ratio(single->median_s, result.median_s)
             : ratio(result.tasks_per_s, single->tasks_per_s);
}

/// How the median time of a batch divides into phases; empty where there is no
/// time, or no phases were recorded.
JsonArray PhasesJson(const SplitResult& split) {
  JsonArray phases;
  const auto add = [&](const char* name, const std::optional<double>& share) {
    if (!split.median_s || !share) return;
    const double seconds = *share * *split.median_s;
    phases.push_back({{"phase", name},
                      {"seconds", JsonNumber(seconds)},
                      {"share_text", FormatPercent(*share)},
                      {"time_text", FormatSeconds(seconds)}});
  };
  add("load", split.evidence.load_share);
  add("operate", split.evidence.operate_share);
  add("idle", split.evidence.idle_share);
  return phases;
}

/// The median throughput and its range, by the fastest and the slowest
/// repetition; null if there is none.
Json ThroughputJson(const SplitResult& split, bool has_flops) {
  const auto& value = has_flops ? split.gflops : split.tasks_per_s;
  if (!value) return nullptr;
  const char* const unit = has_flops ? "GFLOP/s" : "tasks/s";
  // The same work in another time than the median.
  const auto in_time = [&](const std::optional<double>& time) {
    return split.median_s && time && *time > 0
               ? std::optional(*value * *split.median_s / *time)
               : std::nullopt;
  };
  const std::optional<double> low = in_time(split.high_s);
  const std::optional<double> high = in_time(split.low_s);
  return {{"value", JsonNumber(value)},
          {"low", JsonNumber(low)},
          {"high", JsonNumber(high)},
          {"text", fmt::format("{} {}{}", FormatNumber(*value), unit,
                               split.median_s ? "" : ", until capped")},
          {"range_text", low ? fmt::format("{} to {} {}", FormatNumber(*low),
                                           FormatNumber(*high), unit)
                             : std::string(kNothing)}};
}

/// Which kernels ran where the library was told to take others than it would;
/// else empty.
std::string ToldKernels(const SplitResult& split) {
  if (split.kernels_setting.empty()) return {};
  return fmt::format(
      "{} kernels ({}){}", split.kernels, split.kernels_setting,
      split.kernels_gain
          ? fmt::format(
                ", {} the speed of the library's own choice {} in the probe",
                FormatRatio(*split.kernels_gain), split.library_kernels)
          : std::string());
}

/// The two levels that the split's times jump between; else empty.
std::string TwoLevels(const SplitResult& split) {
  return split.modes ? ModesText(*split.modes) : std::string();
}

/// Where its workers run, and which caches and memory they have together
/// there; empty where that was not recorded.
std::string PlaceText(const SplitResult& split) {
  if (split.sharing.empty()) return {};
  return fmt::format("{}: {}",
                     split.cpus.empty() ? "workers run anywhere"
                                        : "each worker on cores of its own",
                     split.sharing);
}

/// What explains a split's figures, line by line; `kind` is a line's class in
/// page.css.
JsonArray WhyJson(const SplitResult& split) {
  JsonArray why;
  const auto add = [&why](const char* kind, const std::string& text) {
    if (!text.empty()) why.push_back({{"kind", kind}, {"text", text}});
  };
  add("error", split.error);
  if (split.cause) add("cause", split.cause->text);
  add("", ToldKernels(split));
  add("", PlaceText(split));
  if (split.modes) add("levels", "⚠ " + TwoLevels(split));
  for (const std::string& warning : split.warnings) add("warn", "⚠ " + warning);
  return why;
}

/// What the cell of a split says in the heat map.
std::string HeatText(const SplitResult& split,
                     const std::optional<double>& speedup) {
  if (split.status == PooledStatus::kSkipped) return "not run";
  if (!split.median_s) return std::string(Name(split.status));
  return speedup ? FormatRatio(*speedup) : FormatSeconds(*split.median_s);
}

}  // namespace

Json SplitJson(const Answer& answer, const SplitResult& split, bool has_flops) {
  const std::optional<double> speedup = Speedup(split, answer.single());
  JsonObject json = {
      {"hosts", split.split.host_count},
      {"workers", split.split.workers},
      {"blas_threads", split.split.blas_threads},
      {"engine", Json(Name(split.split.engine))},
      {"label", SplitText(split.split)},
      {"verdict", Json(Name(split.verdict))},
      {"oversubscribed", split.oversubscribed},
      {"completed", split.median_s.has_value()},
      {"median_s", JsonNumber(split.median_s)},
      {"speedup", JsonNumber(speedup)},
      {"speedup_text", CellText(speedup, FormatRatio)},
      {"cell_text", HeatText(split, speedup)},
      {"time_text", TimeText(split)},
      {"spread_text", split.spread ? FormatSpread(*split.spread) : ""},
      {"range_text", RangeText(split.low_s, split.high_s)},
      {"slower_text", AgainstBestText(answer, split)},
      {"gflops_text", CellText(split.gflops, FormatNumber)},
      {"peak_text", CellText(split.evidence.peak_fraction, FormatPercent)},
      {"throughput", ThroughputJson(split, has_flops)},
      {"phases", PhasesJson(split)},
      {"evidence", EvidenceTexts(answer, split)},
      {"why", WhyJson(split)}};
  const auto add = [&json](const char* name, const std::string& text) {
    if (!text.empty()) json[name] = text;
  };
  add("levels_text", TwoLevels(split));
  add("place_text", PlaceText(split));
  if (IsSearched(answer)) {
    json["multiple"] = JsonNumber(FindAgainstBest(answer, split).slowdown);
    json["multiple_text"] = MultipleText(answer, split);
  }
  return json;
}

}  // namespace hybrid
