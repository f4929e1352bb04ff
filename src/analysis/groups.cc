#include "analysis/groups.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace hybrid {
namespace {

GroupKey GroupKeyOf(const Row& row) {
  return {GroupOf(row), row.host, row.usable_cores, row.blas_version};
}

/// Whether `row` says no version of BLIS, since there were no workers to report
/// it, or they failed before they did.
bool LacksReport(const Row& row) {
  const bool may_lack =
      row.status == Status::kError || row.status == Status::kSkipped;
  return may_lack && row.blas_version.empty();
}

/// Where each group stands in Groups.
using GroupPlaces = std::map<GroupKey, std::size_t>;

/// Adds `row` to the group of its key, which may be new.
void AddToGroup(const Row& row, GroupPlaces& places, Groups& groups) {
  GroupKey key = GroupKeyOf(row);
  const auto [place, is_new] = places.try_emplace(key, groups.size());
  if (is_new) groups.emplace_back(std::move(key), SplitRows());
  groups[place->second].second[row.split()].push_back(&row);
}

/// Adds `row`, which lacks the version of BLIS, to all groups that the rest of
/// its key fits; to one of its own if there is none.
void AddWithoutReport(const Row& row, GroupPlaces& places, Groups& groups) {
  bool added = false;
  for (auto& [key, splits] : groups) {
    GroupKey other = key;
    other.blas_version.clear();
    if (other != GroupKeyOf(row)) continue;
    splits[row.split()].push_back(&row);
    added = true;
  }
  if (!added) AddToGroup(row, places, groups);
}

}  // namespace

Groups GroupRows(std::span<const Row> rows, Family family) {
  GroupPlaces places;
  Groups groups;
  for (const Row& row : rows) {
    if (row.family == family && !LacksReport(row)) {
      AddToGroup(row, places, groups);
    }
  }
  for (const Row& row : rows) {
    if (row.family == family && LacksReport(row)) {
      AddWithoutReport(row, places, groups);
    }
  }
  for (auto& [key, splits] : groups) {
    for (auto& [split, split_rows] : splits) KeepLastAttempts(split_rows);
  }
  return groups;
}

void KeepLastAttempts(std::vector<const Row*>& rows) {
  // Launches are measured again one by one.
  const auto place = [](const Row* row) {
    return std::tuple(std::string_view(row->run_id), row->stage, row->round);
  };
  std::map<std::tuple<std::string_view, Stage, std::uint64_t>, std::uint64_t>
      last;
  for (const Row* const row : rows) {
    std::uint64_t& attempt = last[place(row)];
    attempt = std::max(attempt, row->attempt);
  }
  std::erase_if(rows, [&](const Row* row) {
    return row->attempt != last.at(place(row));
  });
}

}  // namespace hybrid
