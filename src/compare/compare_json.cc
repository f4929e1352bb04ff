#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "compare/gate.h"
#include "compare/output.h"
#include "compare/output_parts.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

using Json = nlohmann::ordered_json;

Json Optional(const std::optional<double>& value) {
  return value ? Json(*value) : Json();
}

Json SideJson(const Side& side) {
  static constexpr const char* kStatus[] = {"missing", "ok", "capped",
                                            "failed"};
  Json json;
  json["status"] = kStatus[static_cast<int>(side.status)];
  json["median_s"] = Optional(side.median_s);
  json["samples_s"] = side.samples;
  json["runs"] = side.runs.size();
  json["disturbed"] = side.disturbed;
  json["kernels"] = side.kernels;
  if (!side.capped_s.empty()) json["capped_s"] = side.capped_s;
  if (!side.disturbance.empty()) json["disturbance"] = side.disturbance;
  if (!side.error.empty()) json["error"] = side.error;
  return json;
}

Json KeyJson(std::uint64_t value) { return value; }
template <typename Field>
Json KeyJson(const Field& value) {
  return KeyValue(value);
}

Json ConfigurationJson(const ComparedConfiguration& c) {
  const Key& name = c.key;
  Json json;
  json["name"] = KeyText(name, KeyStyle::kFull);
  ForEachKey(name, [&json](const KeyPart& part, const auto& field) {
    if (part.role != KeyRole::kSeed) json[part.column] = KeyJson(field);
  });
  json["baseline"] = SideJson(c.baseline);
  json["new"] = SideJson(c.now);
  json["ratio"] = Optional(c.ratio);
  json["interval"] =
      c.interval ? Json{c.interval->low, c.interval->high} : Json();
  json["p"] = Optional(c.p_value);
  json["adjusted_p"] = Optional(c.adjusted_p);
  json["noise_floor"] = Optional(c.floor);
  json["threshold"] = c.threshold;
  json["verdict"] = ChangeText(c.change);
  json["reason"] = c.reason;
  json["note"] = c.note;
  return json;
}

Json SourceJson(const std::string& files, const Identity& identity) {
  return {{"files", files},
          {"runs", identity.runs},
          {"hosts", identity.hosts},
          {"git_commits", identity.git_commits},
          {"days", identity.days}};
}

}  // namespace

std::string CompareJson(const Comparison& comparison,
                        const OutputSettings& settings) {
  static constexpr const char* kWeights[] = {"refused", "note", "information"};
  static constexpr const char* kGates[] = {"passed", "failed", "undecided"};
  Json json;
  json["baseline"] = SourceJson(settings.baseline, comparison.baseline);
  json["new"] = SourceJson(settings.now, comparison.now);
  json["threshold"] = comparison.settings.threshold;
  json["alpha"] = comparison.settings.alpha;
  json["tests"] = comparison.tests;
  json["needed_repetitions"] = comparison.needed;
  json["repetitions"] = comparison.completed;
  json["disturbed_repetitions"] = comparison.disturbed;
  json["regressions"] = comparison.regressions();
  json["differences"] = Json::array();
  for (const Difference& difference : comparison.differences) {
    json["differences"].push_back(
        {{"weight", kWeights[static_cast<int>(difference.weight)]},
         {"what", difference.what},
         {"baseline", difference.baseline},
         {"new", difference.now},
         {"text", DifferenceText(difference)}});
  }
  json["best_splits_changed"] = Json::array();
  for (const BestSplitChange& change : comparison.best_splits) {
    json["best_splits_changed"].push_back(BestSplitText(change));
  }
  json["configurations"] = Json::array();
  for (const ComparedConfiguration& c : comparison.configurations) {
    json["configurations"].push_back(ConfigurationJson(c));
  }
  if (settings.gate) {
    const Gate gate = FindGate(comparison, settings.anyway);
    json["gate"] = {{"verdict", kGates[static_cast<int>(gate.verdict)]},
                    {"text", gate.line}};
  }
  // A column may hold any bytes; what is no UTF-8 is replaced.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace hybrid
