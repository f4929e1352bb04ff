#include "analysis/groups.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace hybrid {
namespace {

GroupKey GroupKeyOf(const Row& row) {
  return {GroupOf(row), row.host, row.usable_cores, row.blis_version};
}

/// A worker that failed early didn't report its BLIS.
bool LacksReport(const Row& row) {
  return row.status == Status::kError && row.blis_version.empty();
}

/// Where each group stands.
using Index = std::map<GroupKey, std::size_t>;

void Add(const Row& row, Index& index, Groups& groups) {
  GroupKey key = GroupKeyOf(row);
  const auto [place, is_new] = index.try_emplace(key, groups.size());
  if (is_new) groups.emplace_back(std::move(key), SplitRows());
  groups[place->second].second[row.split()].push_back(&row);
}

/// Counts wherever the rest of the key fits.
void AddWithoutReport(const Row& row, Index& index, Groups& groups) {
  bool added = false;
  for (auto& [key, splits] : groups) {
    GroupKey other = key;
    other.blis_version.clear();
    if (other != GroupKeyOf(row)) continue;
    splits[row.split()].push_back(&row);
    added = true;
  }
  if (!added) Add(row, index, groups);
}

}  // namespace

Groups GroupRows(std::span<const Row> rows, Family family) {
  Index index;
  Groups groups;
  for (const Row& row : rows) {
    if (row.family == family && !LacksReport(row)) Add(row, index, groups);
  }
  for (const Row& row : rows) {
    if (row.family == family && LacksReport(row)) {
      AddWithoutReport(row, index, groups);
    }
  }
  for (auto& [key, splits] : groups) {
    for (auto& [split, split_rows] : splits) KeepLastAttempts(split_rows);
  }
  return groups;
}

void KeepLastAttempts(std::vector<const Row*>& rows) {
  std::map<std::string_view, std::uint64_t> last;
  for (const Row* const row : rows) {
    std::uint64_t& attempt = last[row->run_id];
    attempt = std::max(attempt, row->attempt);
  }
  std::erase_if(rows, [&](const Row* row) {
    return row->attempt != last.at(row->run_id);
  });
}

}  // namespace hybrid
