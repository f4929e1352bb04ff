#include "compare/why_json.h"

#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/enum_names.h"
#include "base/json.h"
#include "compare/conditions.h"
#include "compare/output_parts.h"
#include "compare/pairs.h"
#include "statistics/paired_verdict.h"

namespace hybrid {
namespace {

/// A logarithm of a ratio as a share.
Json ShareJson(const std::optional<double>& logarithm) {
  return logarithm ? Json(std::expm1(*logarithm)) : Json();
}

Json RunJson(const SideRun& run) {
  JsonArray left_out;
  for (const SideRun::LeftOut& one : run.left_out) {
    left_out.push_back({{"time_s", one.time_s}, {"reason", one.reason}});
  }
  JsonObject json;
  json["run_id"] = run.id;
  json["date"] = run.date;
  json["file"] = run.file;
  json["samples_s"] = JsonArrayOf(run.times_s);
  json["left_out"] = std::move(left_out);
  json["capped_s"] = JsonArrayOf(run.capped_s);
  return json;
}

Json PartsJson(const VarianceComponents& parts) {
  return {{"runs", parts.runs},
          {"samples", parts.samples},
          {"between_runs", ShareJson(parts.between_runs)},
          {"within_runs", ShareJson(parts.within_runs)},
          {"undivided", ShareJson(parts.undivided)}};
}

JsonObject WhySideJson(const WhySide& side, const ComparedSide& pooled) {
  JsonArray runs;
  for (const SideRun& run : side.runs) runs.push_back(RunJson(run));
  JsonObject json;
  json["runs"] = std::move(runs);
  json["samples"] = pooled.samples.size();
  json["disturbed"] = pooled.disturbed;
  json["median_s"] = JsonOrNull(pooled.median_s);
  json["fastest_s"] = JsonOrNull(pooled.fastest_s);
  json["spread"] = JsonOrNull(pooled.spread);
  json["core_gflops"] = JsonOrNull(pooled.core_speed);
  json["variance"] = PartsJson(side.variance);
  return json;
}

Json PairedJson(const Why& why, const WeighedPairs& paired) {
  JsonArray pairs;
  for (const Pair& pair : paired.pairs) {
    pairs.push_back({{"round", pair.round},
                     {"baseline_s", pair.baseline_s},
                     {"new_s", pair.now_s},
                     {"difference", ShareJson(pair.log_ratio())},
                     {"disturbance", pair.disturbance}});
  }
  JsonObject json;
  json["pairs"] = std::move(pairs);
  json["counted"] = paired.evidence.pairs;
  json["center"] = ShareJson(paired.evidence.center);
  json["interval_of_a_look"] = {ShareJson(paired.look_interval.low),
                                ShareJson(paired.look_interval.high)};
  json["p_differs"] = paired.evidence.p_differs;
  json["p_same"] = paired.evidence.p_same;
  json["margin"] = ShareJson(paired.looks.margin());
  json["alpha_of_a_look"] = paired.looks.alpha_of_one();
  json["most_looks"] = Looks::kMost;
  json["most_rounds"] = paired.looks.most_rounds;
  json["time"] = Name(paired.time);
  json["fewest_rounds"] = why.jury.needed;
  json["more_rounds"] =
      why.compared.is_open ? JsonOrNull(paired.more_rounds) : Json();
  json["deviation"] = ShareJson(why.pair_deviation);
  return json;
}

/// A number of a condition, a distance as a share.
Json NumberJson(Quantity quantity, const std::optional<double>& number) {
  return quantity == Quantity::kDistance ? ShareJson(number)
                                         : JsonOrNull(number);
}

JsonArray ConditionsJson(const Conditions& conditions) {
  JsonArray array;
  for (const Condition& condition : conditions) {
    const RuleTraits traits = TraitsOf(condition.rule);
    array.push_back({{"condition", Name(condition.rule)},
                     {"value", NumberJson(traits.quantity, condition.value)},
                     {"limit", NumberJson(traits.quantity, condition.limit)},
                     {"relation", Name(traits.relation)},
                     {"met", condition.met}});
  }
  return array;
}

/// The name of the condition; null for none.
Json RuleJson(const Condition* condition) {
  return condition == nullptr ? Json() : Json(Name(condition->rule));
}

void AddTimeConditions(const TimeConditions& all, JsonObject& json) {
  const TimesVerdict verdict = VerdictOf(all);
  json["differs_if_all"] = ConditionsJson(all.differs);
  json["no_difference_for"] = RuleJson(verdict.no_difference);
  JsonArray ways;
  for (const Conditions& way : all.same) ways.push_back(ConditionsJson(way));
  json["same_if_all_of_one"] = std::move(ways);
  json["not_same_for"] = RuleJson(verdict.not_same);
}

}  // namespace

JsonObject WhyJson(const Why& why) {
  const ComparedConfiguration& c = why.compared;
  JsonObject json;
  json["name"] = NameText(c);
  json["verdict"] = Name(c.change);
  json["reason"] = ReasonText(c);
  json["baseline"] = WhySideJson(why.baseline, c.baseline);
  json["new"] = WhySideJson(why.now, c.now);
  json["ratio"] = JsonOrNull(c.ratio);
  json["interval"] =
      c.interval ? Json{c.interval->low, c.interval->high} : Json();
  json["fastest_ratio"] = JsonOrNull(FastestRatio(c));
  json["core_excuse"] = CoreExcuse(c);
  json["p"] = JsonOrNull(c.p_value);
  json["adjusted_p"] = JsonOrNull(c.adjusted_p);
  json["tests"] = why.jury.tests;
  json["alpha"] = why.jury.settings.alpha;
  json["asked_threshold"] = why.jury.settings.threshold;
  json["noise_floor"] = JsonOrNull(c.floor);
  json["threshold"] = c.threshold;
  if (why.jury.run_scatter) {
    json["run_scatter"] = {
        {"shift", ShareJson(why.jury.run_scatter->shift)},
        {"deviation", ShareJson(why.jury.run_scatter->deviation)}};
  } else {
    json["run_scatter"] = nullptr;
  }
  json["modes_s"] = c.modes ? Json{c.modes->low, c.modes->high} : Json();
  if (c.paired) {
    json["paired"] = PairedJson(why, *c.paired);
  } else {
    json["variance"] = PartsJson(why.variance);
    json["error_of_ratio"] = {
        {"now", ShareJson(ErrorOfRatio(why, 1, 1))},
        {"twice_the_runs", ShareJson(ErrorOfRatio(why, 2, 1))},
        {"twice_the_samples", ShareJson(ErrorOfRatio(why, 1, 2))}};
  }
  if (why.conditions) AddTimeConditions(*why.conditions, json);
  if (!why.cap_conditions.empty()) {
    json["cap_differs_if_all"] = ConditionsJson(why.cap_conditions);
  }
  return json;
}

}  // namespace hybrid
