#include "report/group_json.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "analysis/answer_text.h"
#include "analysis/format_units.h"
#include "base/json.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

Json KeyJson(std::uint64_t value) { return value; }
template <typename Field>
Json KeyJson(const Field& value) {
  return Json(KeyValue(value));
}

Json EvidenceJson(const Evidence& evidence) {
  return {{"load_share", JsonNumber(evidence.load_share)},
          {"operate_share", JsonNumber(evidence.operate_share)},
          {"idle_share", JsonNumber(evidence.idle_share)},
          {"idle_s", JsonNumber(evidence.idle_s)},
          {"start_s", JsonNumber(evidence.start_s)},
          {"imbalance", JsonNumber(evidence.imbalance)},
          {"run_delay", JsonNumber(evidence.run_delay)},
          {"involuntary_per_s", JsonNumber(evidence.involuntary_per_s)},
          {"task_p50_s", JsonNumber(evidence.task_p50_s)},
          {"task_p99_s", JsonNumber(evidence.task_p99_s)},
          {"peak_fraction", JsonNumber(evidence.peak_fraction)},
          {"gflops_per_thread", JsonNumber(evidence.gflops_per_thread)},
          {"steal_share", JsonNumber(evidence.steal_share)},
          {"foreign_share", JsonNumber(evidence.foreign_share)},
          {"speed", JsonNumber(evidence.speed)},
          {"throttled_share", JsonNumber(evidence.throttled_share)}};
}

const SplitResult* FindSingle(const Answer& answer) {
  const auto single = std::find_if(answer.splits.begin(), answer.splits.end(),
                                   [](const SplitResult& result) {
                                     return result.split == Split{1, 1};
                                   });
  return single == answer.splits.end() ? nullptr : &*single;
}

/// Over 1×1: of times where both completed, else of the rates they reached.
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

JsonArray SamplesJson(const SplitResult& result) {
  JsonArray samples;
  for (const double sample : result.samples) {
    samples.push_back(JsonNumber(sample));
  }
  return samples;
}

Json CauseJson(const std::optional<Finding>& cause) {
  if (!cause) return nullptr;
  return {{"name", Name(cause->cause)},
          {"severity", JsonNumber(cause->severity)},
          {"text", cause->text}};
}

Json SplitJson(const SplitResult& result, const SplitResult* single) {
  return {{"workers", result.split.workers},
          {"blas_threads", result.split.blas_threads},
          {"label", SplitText(result.split)},
          {"verdict", Name(result.verdict)},
          {"oversubscribed", result.oversubscribed},
          {"median_s", JsonNumber(result.median_s)},
          {"low_s", JsonNumber(result.low_s)},
          {"high_s", JsonNumber(result.high_s)},
          {"spread", JsonNumber(result.spread)},
          {"tasks_per_s", JsonNumber(result.tasks_per_s)},
          {"gflops", JsonNumber(result.gflops)},
          {"slowdown", JsonNumber(result.slowdown)},
          {"speedup", JsonNumber(Speedup(result, single))},
          {"p_value", JsonNumber(result.p_value)},
          {"capped_s", JsonNumber(result.capped_s)},
          {"samples", SamplesJson(result)},
          {"kernels", result.kernels},
          {"blis_threading", result.blis_threading},
          {"blis_arch_type", result.blis_arch_type},
          {"library_kernels", result.library_kernels},
          {"kernels_gain", JsonNumber(result.kernels_gain)},
          {"evidence", EvidenceJson(result.evidence)},
          {"warnings", JsonArrayOf(result.warnings)},
          {"cause", CauseJson(result.cause)},
          {"error", result.error}};
}

JsonArray GainsJson(const Answer& answer) {
  JsonArray gains;
  for (const Gain& gain : answer.gains) {
    const bool has_ratio = gain.kind == Gain::Kind::kMeasured ||
                           gain.kind == Gain::Kind::kMoreThan ||
                           gain.kind == Gain::Kind::kByRate;
    gains.push_back({{"base", gain.base},
                     {"split", SplitText(gain.split)},
                     {"kind", Name(gain.kind)},
                     {"ratio", has_ratio ? JsonNumber(gain.ratio) : Json()}});
  }
  return gains;
}

/// The place of `split`, which is one of the answer's or none.
Json PlaceJson(const Answer& answer, const SplitResult* split) {
  if (split == nullptr) return nullptr;
  return split - answer.splits.data();
}

}  // namespace

Json GroupJson(const Answer& answer, std::size_t machine) {
  const GroupKey& key = answer.key;
  JsonArray splits;
  const SplitResult* const single = FindSingle(answer);
  for (const SplitResult& result : answer.splits) {
    splits.push_back(SplitJson(result, single));
  }
  JsonObject json = {
      {"machine", machine},
      {"host", key.host},
      {"usable_cores", key.usable_cores},
      {"blis_version", key.blis_version},
      {"ranked_by_rate", answer.ranked_by_rate},
      {"noise_floor",
       answer.noise_floor ? JsonNumber(answer.noise_floor->floor) : Json()},
      {"break_even", JsonOrNull(answer.break_even)},
      {"best", PlaceJson(answer, answer.best())},
      {"recommended", PlaceJson(answer, answer.recommended())},
      {"use", JsonArrayOf(UseLines(answer))},
      {"text", GroupText(answer)},
      {"gains", GainsJson(answer)},
      {"splits", std::move(splits)}};
  ForEachKey(key, [&json](const KeyPart& part, const auto& field) {
    if (part.role == KeyRole::kName || part.role == KeyRole::kAlways ||
        part.role == KeyRole::kOption) {
      json[part.column] = KeyJson(field);
    }
  });
  return json;
}

}  // namespace hybrid
