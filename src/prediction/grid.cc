#include "prediction/grid.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string_view>
#include <utility>

#include "analysis/advice.h"
#include "analysis/split_result.h"
#include "analysis/trust.h"
#include "base/shell_words.h"
#include "base/text.h"
#include "key/key_text.h"
#include "operation/operation.h"
#include "prediction/prediction_error.h"
#include "results/machine_id.h"

namespace hybrid {
namespace {

/// "a; b; c and 2 more", in one line.
std::string ListText(std::span<const std::string> texts) {
  constexpr std::size_t kMost = 3;
  const std::span<const std::string> shown =
      texts.first(std::min(texts.size(), kMost));
  return OneLine(fmt::format(
      "{}{}", fmt::join(shown, "; "),
      texts.size() == shown.size()
          ? ""
          : fmt::format(" and {} more", texts.size() - shown.size())));
}

/// `text` with what means something in a regular expression escaped.
std::string Literal(std::string_view text) {
  constexpr std::string_view kSpecial = R"(\^$.|?*+()[]{})";
  std::string literal;
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) literal += '\\';
    literal += c;
  }
  return literal;
}

/// A --filter that takes one of `ways` by the first part of the key in which
/// they differ; empty if they differ in none.
std::string FilterFor(std::span<const Way> ways) {
  std::string filter;
  const auto key_of = [](const Way& way) -> const Key& {
    return way.answers.front()->key;
  };
  // The values of each part that has a role in names, by the way.
  std::vector<std::vector<std::string>> values;
  std::vector<std::string> labels;
  for (const Way& way : ways) {
    std::size_t place = 0;
    ForEachKey(key_of(way), [&](const KeyPart& part, const auto& field) {
      if (values.size() == place) {
        values.emplace_back();
        labels.emplace_back(part.role == KeyRole::kOption ? part.label
                            : part.column == "operation"  ? part.column
                                                          : "");
      }
      values[place++].push_back(KeyValue(field));
    });
  }
  for (std::size_t i = 0; i < values.size() && filter.empty(); ++i) {
    const auto named =
        std::find_if(values[i].begin(), values[i].end(),
                     [](const std::string& value) { return !value.empty(); });
    const bool differ = std::any_of(
        values[i].begin(), values[i].end(),
        [&](const std::string& value) { return value != values[i].front(); });
    if (labels[i].empty() || !differ || named == values[i].end()) continue;
    const std::string value = Literal(*named);
    // `pin` is the last part of a name: nothing follows it.
    filter = labels[i] == "operation" ? fmt::format("/{}/", value)
             : labels[i] == "pin"     ? fmt::format("/pin:{}", value)
                                  : fmt::format("/{}:{}/", labels[i], value);
  }
  return filter;
}

[[noreturn]] void RefuseMachines(std::span<const std::string> machines) {
  throw PredictionError(
      fmt::format("{} were measured ({}), and one tells nothing of another: "
                  "name the files of one",
                  Counted(machines.size(), "machine"), ListText(machines)));
}

/// Throws if `ways` are of several machines, or several at all.
void CheckOneWay(std::span<const Way> ways) {
  if (ways.size() < 2) return;
  std::set<std::string> machines;
  std::vector<std::string> labels;
  for (const Way& way : ways) {
    machines.insert(
        fmt::format("{}, {}", way.host, Counted(way.usable_cores, "core")));
    labels.push_back(WayText(way, ways));
  }
  if (machines.size() > 1) {
    RefuseMachines(std::vector<std::string>(machines.begin(), machines.end()));
  }
  const std::string filter = FilterFor(ways);
  constexpr std::size_t kLongestExample = 60;
  throw PredictionError(fmt::format(
      "{} ways of measuring are mixed ({}), and one tells nothing of another: "
      "{}",
      ways.size(), ListText(labels),
      filter.empty() ? "name the files of one"
      : filter.size() > kLongestExample
          ? "take one with --filter"
          : OneLine(fmt::format("take one with --filter, such as --filter={}",
                                Quote(filter)))));
}

/// Sets what the rows of the grid's way tell of machine and runs.
void AddRun(const Row& row, std::string& newest, Grid& grid) {
  const std::string day = row.time_utc.substr(0, row.time_utc.find('T'));
  if (!day.empty()) {
    if (grid.first_day.empty() || day < grid.first_day) grid.first_day = day;
    if (day > grid.last_day) grid.last_day = day;
  }
  if (row.time_utc >= newest) {
    newest = row.time_utc;
    grid.flags = row.flags;
  }
}

}  // namespace

const Answer* Grid::Find(const TaskSize& size) const {
  const auto place = std::find_if(
      way.answers.begin(), way.answers.end(), [&size](const Answer* answer) {
        return answer->key.n == size.n && answer->key.batch == size.batch;
      });
  return place == way.answers.end() ? nullptr : *place;
}

Grid FindGrid(std::span<const Row> rows) {
  Grid grid;
  grid.answers = FindAnswers(rows);
  std::erase_if(grid.answers, [](const Answer& answer) {
    return ComputesNothing(answer.key.operation);
  });
  if (grid.answers.empty()) {
    throw PredictionError(
        "there are no results of the family Hybrid to predict from");
  }
  std::vector<Way> ways = FindWays(grid.answers);
  CheckOneWay(ways);
  grid.way = std::move(ways.front());
  for (const Answer* const answer : grid.way.answers) {
    for (const SplitResult& split : answer->splits) {
      if (split.verdict == Verdict::kNotRun) grid.not_run.insert(split.split);
    }
  }
  std::set<std::string> machines;
  std::string newest;
  for (const Row& row : rows) {
    if (row.family != Family::kHybrid || ComputesNothing(row.operation)) {
      continue;
    }
    if (std::string id = MachineIdOf(row); !id.empty()) {
      machines.insert(std::move(id));
    }
    AddRun(row, newest, grid);
  }
  if (machines.size() > 1) {
    RefuseMachines(std::vector<std::string>(machines.begin(), machines.end()));
  }
  if (!machines.empty()) grid.machine_id = *machines.begin();
  const TrustVerdict trust = JudgeTrust(grid.answers);
  if (trust.trust == Trust::kNone) {
    throw PredictionError("nothing can be recommended: " + trust.reason);
  }
  return grid;
}

bool IsDecided(const Answer& answer) {
  return HasChoice(answer) && PossiblyBest(answer, answer) == nullptr;
}

}  // namespace hybrid
