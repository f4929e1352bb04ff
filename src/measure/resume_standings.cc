#include "measure/resume_standings.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "analysis/evidence.h"
#include "search/long_batch.h"

namespace hybrid {
namespace {

/// The last attempt at one configuration.
struct LastAttempt {
  std::uint64_t number = 0;
  std::vector<std::size_t> positions;  // of its rows in the file
};

LastAttempt FindLastAttempt(std::span<const Row> rows, const Key& key) {
  LastAttempt last;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (row != key || row.status == Status::kSkipped) continue;
    // Launches are measured again one by one.
    if (row.is_launch()) {
      std::erase_if(last.positions, [&](std::size_t other) {
        return rows[other].stage == row.stage && rows[other].round == row.round;
      });
      last.positions.push_back(i);
      continue;
    }
    if (row.attempt < last.number) continue;
    if (rows[i].attempt > last.number) last = {rows[i].attempt, {}};
    last.positions.push_back(i);
  }
  return last;
}

/// How many repetitions make `wanted` whole, by what the first of its rows
/// took.
std::size_t RepetitionsOf(std::span<const Row> rows, const LastAttempt& last,
                          const Wanted& wanted) {
  if (!wanted.by_default || last.positions.empty()) return wanted.repetitions;
  const Row& first =
      rows[*std::min_element(last.positions.begin(), last.positions.end(),
                             [&](std::size_t a, std::size_t b) {
                               return rows[a].repetition < rows[b].repetition;
                             })];
  return RepetitionsDue(wanted.repetitions, HasTime(first) ? TimeOf(first) : 0);
}

bool IsWhole(std::span<const Row> rows, const LastAttempt& last,
             const Wanted& wanted) {
  const std::size_t repetitions = RepetitionsOf(rows, last, wanted);
  std::set<std::uint64_t> there;
  for (const std::size_t i : last.positions) {
    const Row& row = rows[i];
    // A launch that was capped in a later round is a value of it.
    const bool goes_on =
        row.is_launch() && row.round > 1 && row.status == Status::kCapped;
    if (row.status != Status::kOk && !goes_on) return true;
    if (row.repetition < repetitions) there.insert(row.repetition);
  }
  return there.size() == repetitions;
}

/// How many rows stay if those of an attempt that is not whole go, where they
/// are the last ones in the file.
std::size_t CutLastAttempt(std::span<const Row> rows,
                           std::span<const Wanted> wanted) {
  if (rows.empty()) return 0;
  const Row& end = rows.back();
  if (end.is_launch() || end.status == Status::kSkipped) return rows.size();
  const auto of_last = std::find_if(
      wanted.begin(), wanted.end(),
      [&](const Wanted& candidate) { return candidate.key == rows.back(); });
  if (of_last == wanted.end()) return rows.size();
  const LastAttempt last = FindLastAttempt(rows, of_last->key);
  if (IsWhole(rows, last, *of_last)) return rows.size();
  const std::size_t first = last.positions.front();
  const bool together = rows.size() - first == last.positions.size();
  return together ? first : rows.size();
}

}  // namespace

Standings FindStandings(std::span<const Row> rows,
                        std::span<const Wanted> wanted) {
  Standings standings;
  standings.kept_rows = CutLastAttempt(rows, wanted);
  rows = rows.first(standings.kept_rows);
  for (const Wanted& one : wanted) {
    const LastAttempt last = FindLastAttempt(rows, one.key);
    Standing& standing = standings.of_wanted.emplace_back();
    if (last.positions.empty()) continue;
    standing.done = IsWhole(rows, last, one);
    if (standing.done || rows[last.positions.back()].is_launch()) continue;
    standing.attempt = last.number + 1;
    standings.notes.push_back(fmt::format(
        "{}: in mid-file, but not with all repetitions; measured again as "
        "attempt {}",
        one.name, standing.attempt + 1));
  }
  return standings;
}

}  // namespace hybrid
