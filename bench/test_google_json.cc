#include "test_google_json.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/json.h"

namespace hybrid {
namespace {

const std::set<std::string_view> kNoCounters{
    "family_index", "per_family_instance_index",
    "repetitions",  "threads",
    "cpu_time",     "real_time",
    "iterations",   "repetition_index"};

GoogleRun ReadRun(const JsonObject& entry) {
  GoogleRun run;
  run.name = entry.at("name").as_string().c_str();
  run.run_type = entry.at("run_type").as_string().c_str();
  if (const auto* index = entry.if_contains("repetition_index")) {
    run.repetition_index = index->as_int64();
  }
  if (const auto* occurred = entry.if_contains("error_occurred")) {
    run.error_occurred = occurred->as_bool();
    run.error_message = entry.at("error_message").as_string().c_str();
  }
  run.iterations = entry.at("iterations").as_int64();
  run.real_time = entry.at("real_time").to_number<double>();
  run.time_unit = entry.at("time_unit").as_string().c_str();
  for (const auto& member : entry) {
    const std::string_view key(member.key().data(), member.key().size());
    if (!member.value().is_number() || kNoCounters.contains(key)) continue;
    run.counters.emplace(key, member.value().to_number<double>());
  }
  return run;
}

}  // namespace

std::vector<GoogleRun> GoogleJson::Repetitions() const {
  std::vector<GoogleRun> repetitions;
  std::copy_if(
      runs.begin(), runs.end(), std::back_inserter(repetitions),
      [](const GoogleRun& run) { return run.run_type == "iteration"; });
  return repetitions;
}

GoogleJson ParseGoogleJson(const std::string& text) {
  const Json root = ParseJson(text);
  GoogleJson json;
  for (const auto& member : root.at("context").as_object()) {
    if (!member.value().is_string()) continue;
    json.context.emplace(std::string(member.key()),
                         member.value().as_string().c_str());
  }
  for (const Json& entry : root.at("benchmarks").as_array()) {
    json.runs.push_back(ReadRun(entry.as_object()));
  }
  return json;
}

}  // namespace hybrid
