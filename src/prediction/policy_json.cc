#include "prediction/policy_json.h"

#include <cstddef>
#include <utility>

#include "base/json.h"
#include "base/json_text.h"
#include "key/key_json.h"

namespace hybrid {
namespace {

/// The version of what PolicyJson writes.
constexpr int kPolicyFormat = 1;

void AddPolicySplit(const Split& split, JsonObject& json) {
  json["hosts"] = split.host_count;
  json["workers"] = split.workers;
  json["blas_threads"] = split.blas_threads;
  json["engine"] = Name(split.engine);
}

/// A range; without a bound its `high` is null.
Json PolicyRangeJson(const MeasuredRange& range) {
  JsonObject json;
  json["low"] = range.low;
  json["high"] = range.high == kAnyBatch ? Json() : Json(range.high);
  return json;
}

Json PointJson(const PolicyPoint& point) {
  JsonObject json;
  json["n"] = point.size.n;
  json["batch"] = point.size.batch;
  AddPolicySplit(point.split, json);
  json["seconds"] = JsonNumber(point.seconds);
  json["known"] = point.measured ? "measured" : "predicted";
  return json;
}

Json PolicyRuleJson(const PolicyRule& rule) {
  JsonObject json;
  json["n"] = PolicyRangeJson(rule.n);
  json["batch"] = PolicyRangeJson(rule.batch);
  AddPolicySplit(rule.split, json);
  return json;
}

/// What all sizes have in common, by the columns of result files.
Json WayOfPolicyJson(const GroupKey& key) {
  JsonObject json;
  ForEachKey(key, [&json](const KeyPart& part, const auto& field) {
    if (part.role == KeyRole::kOption || part.column == "operation") {
      json[part.column] = KeyJson(field);
    }
  });
  json["blas_version"] = key.blas_version;
  json["usable_cores"] = key.usable_cores;
  return json;
}

}  // namespace

std::string PolicyJson(const Policy& policy) {
  JsonArray points;
  for (const PolicyPoint& point : policy.points) {
    points.push_back(PointJson(point));
  }
  JsonArray rules;
  for (const PolicyRule& rule : policy.rules) {
    rules.push_back(PolicyRuleJson(rule));
  }
  JsonObject json;
  json["format"] = kPolicyFormat;
  json["machine_id"] =
      policy.machine_id.empty() ? Json() : Json(policy.machine_id);
  json["host"] = policy.key.host;
  json["measured"] = policy.days;
  json["way"] = WayOfPolicyJson(policy.key);
  json["left_out"] = {{"sizes", policy.left_out.sizes},
                      {"right", policy.left_out.right},
                      {"within_3_percent", policy.left_out.close},
                      {"text", LeftOutText(policy.left_out)}};
  if (policy.not_run > 0) json["splits_not_run"] = policy.not_run;
  json["n"] = PolicyRangeJson(policy.n);
  json["rules"] = std::move(rules);
  json["points"] = std::move(points);
  constexpr std::size_t kIndent = 2;
  return JsonText(json, kIndent) + '\n';
}

}  // namespace hybrid
