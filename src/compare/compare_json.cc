#include "compare/compare_json.h"

#include <cstddef>
#include <string>
#include <utility>

#include "base/enum_names.h"
#include "base/json.h"
#include "base/json_text.h"
#include "compare/gate.h"
#include "compare/why_json.h"
#include "key/key_json.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

constexpr std::size_t kDocumentIndent = 2;

JsonObject SideJson(const ComparedSide& side, bool has_kernels) {
  JsonObject json;
  json["status"] = Name(side.status);
  json["median_s"] = JsonOrNull(side.median_s);
  json["samples_s"] = JsonArrayOf(side.samples);
  json["runs"] = side.runs.size();
  json["disturbed"] = side.disturbed;
  if (has_kernels) json["kernels"] = side.kernels;
  if (!side.capped_times.empty()) {
    json["capped_s"] = JsonArrayOf(side.capped_times);
  }
  if (!side.disturbance.empty()) json["disturbance"] = side.disturbance;
  if (!side.error.empty()) json["error"] = side.error;
  return json;
}

/// Both sides, and the verdict.
void AddTimes(const ComparedConfiguration& c, JsonObject& json) {
  json["baseline"] = SideJson(c.baseline, c.name.empty());
  json["new"] = SideJson(c.now, c.name.empty());
  json["ratio"] = JsonOrNull(c.ratio);
  json["interval"] =
      c.interval ? Json{c.interval->low, c.interval->high} : Json();
  json["p"] = JsonOrNull(c.p_value);
  json["adjusted_p"] = JsonOrNull(c.adjusted_p);
  json["noise_floor"] = JsonOrNull(c.floor);
  json["threshold"] = c.threshold;
  if (c.modes) json["modes_s"] = {c.modes->low, c.modes->high};
  json["verdict"] = Name(c.change);
  json["reason"] = c.reason;
  json["note"] = c.note;
}

JsonObject ConfigurationJson(const ComparedConfiguration& c) {
  JsonObject json;
  if (c.name.empty()) {
    json["name"] = KeyText(c.key, KeyStyle::kFull);
    AddKeyParts(c.key, json);
  } else {
    json["name"] = c.name;
  }
  AddTimes(c, json);
  if (c.left_out) json["left_out"] = true;
  return json;
}

JsonObject BestTimeJson(const BestTime& best) {
  JsonObject json;
  json["group"] = GroupText(best);
  json["baseline_split"] = SplitText(best.before);
  json["new_split"] = SplitText(best.now);
  AddTimes(best.times, json);
  return json;
}

Json SourceJson(const std::string& files, const Identity& identity) {
  JsonObject json = {{"files", files},
                     {"runs", identity.runs},
                     {"hosts", JsonArrayOf(identity.hosts)},
                     {"git_commits", JsonArrayOf(identity.git_commits)},
                     {"days", JsonArrayOf(identity.days)}};
  if (identity.rounds > 0) json["rounds"] = identity.rounds;
  return json;
}

}  // namespace

JsonObject ComparisonJson(const Comparison& comparison,
                          const OutputSettings& settings) {
  JsonObject json;
  json["baseline"] = SourceJson(settings.baseline, comparison.baseline);
  json["new"] = SourceJson(settings.now, comparison.now);
  json["threshold"] = comparison.settings.threshold;
  json["alpha"] = comparison.settings.alpha;
  json["tests"] = comparison.tests;
  json["needed_repetitions"] = comparison.needed;
  json["repetitions"] = comparison.completed;
  json["disturbed_repetitions"] = comparison.disturbed;
  json["regressions"] = comparison.regressions();
  json["decided"] = comparison.decided();
  JsonArray differences;
  for (const Difference& difference : comparison.differences) {
    differences.push_back({{"weight", Name(difference.weight)},
                           {"what", difference.what},
                           {"baseline", difference.baseline},
                           {"new", difference.now},
                           {"text", DifferenceText(difference)}});
  }
  json["differences"] = std::move(differences);
  JsonArray best_splits;
  for (const BestSplitChange& change : comparison.best_splits) {
    best_splits.emplace_back(BestSplitText(change));
  }
  json["best_splits_changed"] = std::move(best_splits);
  if (!comparison.best_times.empty()) {
    JsonArray& best_times = json["best_times"].emplace_array();
    for (const BestTime& best : comparison.best_times) {
      best_times.push_back(BestTimeJson(best));
    }
    json["slower_bests"] = comparison.slower_bests();
  }
  if (comparison.left_out() + comparison.unmeasured > 0) {
    json["left_out"] = comparison.left_out();
    json["unmeasured"] = comparison.unmeasured;
  }
  JsonArray configurations;
  for (const ComparedConfiguration& c : comparison.configurations) {
    configurations.push_back(ConfigurationJson(c));
  }
  json["configurations"] = std::move(configurations);
  if (settings.why) json["why"] = WhyJson(*settings.why);
  if (settings.gate) json["gate"] = GateJson(*settings.gate);
  return json;
}

std::string CompareJson(const Comparison& comparison,
                        const OutputSettings& settings) {
  return JsonDocument(ComparisonJson(comparison, settings));
}

Json GateJson(const Gate& gate) {
  return {{"verdict", Name(gate.verdict)}, {"text", gate.line}};
}

std::string JsonDocument(const Json& json) {
  return JsonText(json, kDocumentIndent) + '\n';
}

void AddKeyParts(const Key& key, JsonObject& json) {
  ForEachKey(key, [&json](const KeyPart& part, const auto& field) {
    if (part.role != KeyRole::kSeed) json[part.column] = KeyJson(field);
  });
}

}  // namespace hybrid
