#include "analysis/answer_json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "analysis/advice.h"
#include "analysis/chunk_advice.h"
#include "analysis/gain_text.h"
#include "analysis/hosts.h"
#include "analysis/libraries.h"
#include "analysis/trust.h"
#include "analysis/usual_defaults.h"
#include "analysis/ways.h"
#include "base/json.h"
#include "base/json_text.h"

namespace hybrid {
namespace {

/// The version of what AnswerJson writes; what is only added needs no new one.
constexpr int kFormat = 1;

void AddSplit(const Split& split, JsonObject& json) {
  json["hosts"] = split.host_count;
  json["workers"] = split.workers;
  json["blas_threads"] = split.blas_threads;
  json["engine"] = Name(split.engine);
}

Json RangeJson(const MeasuredRange& range) {
  return {{"low", range.low}, {"high", range.high}};
}

Json RuleJson(const AdviceRule& rule, const Advice& advice) {
  JsonObject json;
  AddSplit(rule.split, json);
  json["where"] = WhereText(rule, advice);
  json["n"] = RangeJson(rule.n);
  json["batch"] = RangeJson(rule.batch);
  json["groups"] = rule.groups.size();
  return json;
}

/// What the slowest of several hosts waited for, per batch.
Json SlowestHostJson(const SplitResult& split) {
  if (split.split.host_count == 1) return {};
  return {{"gate_s", JsonNumber(split.evidence.gate_s)},
          {"report_s", JsonNumber(split.evidence.report_s)},
          {"starved_s", JsonNumber(split.evidence.starved_s)},
          {"ranges", JsonNumber(split.evidence.ranges)}};
}

Json SplitJson(const SplitResult& split) {
  JsonObject json;
  AddSplit(split.split, json);
  if (!split.batched_call.empty()) json["batched_call"] = split.batched_call;
  json["verdict"] = Name(split.verdict);
  json["bound_s"] = JsonNumber(split.bound_s);
  json["median_s"] = JsonNumber(split.median_s);
  json["spread"] = JsonNumber(split.spread);
  json["tasks_per_s"] = JsonNumber(split.tasks_per_s);
  json["gflops"] = JsonNumber(split.gflops);
  json["peak_fraction"] = JsonNumber(split.evidence.peak_fraction);
  json["slowdown"] = JsonNumber(split.slowdown);
  json["p_value"] = JsonNumber(split.p_value);
  json["repetitions"] = split.completed;
  json["disturbed"] = split.disturbed;
  json["oversubscribed"] = split.oversubscribed;
  json["cpus"] = split.cpus;
  json["sharing"] = split.sharing;
  json["threads_seen"] = JsonNumber(split.evidence.threads_seen);
  json["slowest_host"] = SlowestHostJson(split);
  json["verified_by"] = split.verified_by;
  json["peak_memory_bytes"] =
      split.peak_memory_bytes ? Json(*split.peak_memory_bytes) : Json();
  json["libraries"] = split.libraries;
  json["kernels"] = split.kernels;
  json["kernels_setting"] = split.kernels_setting;
  json["blas_file"] = split.blas_file;
  json["system_blas"] = split.system_blas;
  json["cause"] = split.cause ? Json(split.cause->text) : Json();
  json["error"] = split.error.empty() ? Json() : Json(split.error);
  return json;
}

/// What the ratio of `gain` is, or why it has none.
std::string GainKind(const Gain& gain) {
  switch (gain.kind) {
    case Gain::Kind::kMeasured:
      return "measured";
    case Gain::Kind::kMoreThan:
      return "a lower bound";
    case Gain::Kind::kByRate:
      return "of rates";
    default:
      return WhyNoGain(gain);
  }
}

Json GainJson(const Gain& gain) {
  JsonObject json;
  json["base"] = gain.base;
  AddSplit(gain.split, json);
  const bool has_figure = GainFigure(gain).has_value();
  json["ratio"] = has_figure ? JsonNumber(gain.ratio) : Json();
  json["is"] = GainKind(gain);
  return json;
}

/// How many tasks to give a pool of Python's at once, with the split to use.
Json ChunksJson(const Answer& answer) {
  const SplitResult* const use = answer.recommended();
  const auto advice = use == nullptr || ChunkSentence(answer).empty()
                          ? std::nullopt
                          : AdviseChunks(answer.key, *use);
  if (!advice) return {};
  return {{"task_s", advice->task_s},
          {"tasks", advice->tasks},
          {"estimated_pool_share", advice->pool_share}};
}

/// What the launches of one run say together.
Json LaunchedJson(const Answer& answer) {
  if (!answer.launched) return {};
  const auto& [statement, circumstances] = *answer.launched;
  JsonObject json;
  json["plan"] = circumstances.is_grid ? "grid" : "search";
  json["rounds"] = statement.rounds + (circumstances.is_grid ? 1 : 0);
  json["chance"] = JsonNumber(statement.chance);
  json["gain_missed"] = JsonNumber(statement.gain_missed);
  json["launch_spread"] =
      statement.best ? JsonNumber(statement.launch_spread) : Json();
  json["end"] = Name(statement.end);
  json["measured"] = statement.measured();
  json["splits"] = statement.splits.size();
  json["used_s"] = JsonNumber(circumstances.used_s);
  json["estimated_grid_s"] = JsonNumber(circumstances.all_splits_s);
  return json;
}

Json GroupJson(const Answer& answer) {
  JsonArray splits;
  for (const SplitResult& split : answer.splits) {
    splits.push_back(SplitJson(split));
  }
  JsonArray gains;
  for (const Gain& gain : answer.gains) gains.push_back(GainJson(gain));
  JsonObject json;
  json["n"] = answer.key.n;
  json["batch"] = answer.key.batch;
  json["noise_floor"] =
      answer.noise_floor ? JsonNumber(answer.noise_floor->floor) : Json();
  json["launched"] = LaunchedJson(answer);
  json["break_even_tasks"] = JsonOrNull(answer.break_even);
  json["gains"] = std::move(gains);
  JsonArray defaults;
  for (const Gain& gain : FindUsualDefaults(answer)) {
    defaults.push_back(GainJson(gain));
  }
  json["usual_defaults"] = std::move(defaults);
  json["chunks"] = ChunksJson(answer);
  json["splits"] = std::move(splits);
  return json;
}

/// What several hosts are worth; null where only one number was measured.
Json HostsJson(const Way& way, bool trusted) {
  const std::optional<HostsVerdict> verdict =
      trusted ? CompareHosts(way.answers) : std::nullopt;
  if (!verdict) return {};
  JsonArray gains;
  for (const HostsTally& tally : verdict->tallies) {
    JsonObject json;
    AddSplit(tally.split, json);
    json["groups"] = tally.groups;
    json["least_speedup"] = tally.least;
    json["most_speedup"] = tally.most;
    json["least_efficiency"] = tally.EfficiencyOf(tally.least);
    json["most_efficiency"] = tally.EfficiencyOf(tally.most);
    gains.push_back(std::move(json));
  }
  JsonArray enough;
  for (const EnoughBatch& bound : verdict->enough_up_to) {
    enough.push_back({{"n", bound.n}, {"batch", bound.batch}});
  }
  return {{"groups", verdict->groups},
          {"one_is_enough_in", verdict->enough},
          {"over_one", std::move(gains)},
          {"one_is_enough_up_to", std::move(enough)}};
}

Json WayJson(const Way& way, bool trusted) {
  JsonArray rules;
  JsonArray groups;
  const Advice advice = FewestRules(way.answers);
  if (trusted) {
    for (const AdviceRule& rule : advice.rules) {
      rules.push_back(RuleJson(rule, advice));
    }
  }
  for (const Answer* answer : way.answers) groups.push_back(GroupJson(*answer));
  return {{"host", way.host},
          {"usable_cores", way.usable_cores},
          {"operation", way.operation},
          {"blas", way.answers.front()->key.blas},
          {"conditions", fmt::format("{}", fmt::join(way.conditions, ", "))},
          {"rules", std::move(rules)},
          {"hosts", HostsJson(way, trusted)},
          {"groups", std::move(groups)}};
}

/// Libraries that were measured alike, the best one first.
Json ContestJson(const LibraryContest& contest) {
  JsonArray libraries;
  for (const LibraryTally& tally : contest) {
    libraries.push_back({{"blas", tally.way->answers.front()->key.blas},
                         {"groups", tally.groups},
                         {"fastest_in", tally.fastest},
                         {"least_ratio", tally.least},
                         {"most_ratio", tally.most}});
  }
  return {{"operation", contest.front().way->operation},
          {"libraries", std::move(libraries)}};
}

}  // namespace

std::string AnswerJson(std::span<const Answer> answers) {
  const TrustVerdict trust = JudgeTrust(answers);
  const std::vector<Way> all = FindWays(answers);
  JsonArray ways;
  for (const Way& way : all) {
    ways.push_back(WayJson(way, trust.trust != Trust::kNone));
  }
  JsonArray contests;
  for (const LibraryContest& contest : CompareLibraries(all)) {
    contests.push_back(ContestJson(contest));
  }
  const Json json = {
      {"format", kFormat},
      {"trust", {{"level", Name(trust.trust)}, {"reason", trust.reason}}},
      {"ways", std::move(ways)},
      {"contests", std::move(contests)}};
  constexpr std::size_t kIndent = 2;
  return JsonText(json, kIndent) + '\n';
}

}  // namespace hybrid
