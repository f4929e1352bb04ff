#include "compare/key_rows.h"

#include <span>
#include <vector>

#include "analysis/groups.h"

namespace hybrid {

KeyRows GroupByKey(std::span<const Row> rows) {
  KeyRows groups;
  const Key* previous = nullptr;
  std::vector<const Row*>* group = nullptr;
  for (const Row& row : rows) {
    if (IsAboutOthers(row.family)) continue;
    // Rows of one configuration mostly stand together.
    if (previous == nullptr || *previous != row) {
      group = &groups[WithoutSeed(row)];
    }
    previous = &row;
    group->push_back(&row);
  }
  for (auto& [key, its_rows] : groups) KeepLastAttempts(its_rows);
  return groups;
}

}  // namespace hybrid
