#include "analysis/counted_rows.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "analysis/disturbance.h"
#include "analysis/evidence.h"

namespace hybrid {
namespace {

/// Why `row` fails its configuration; empty if it doesn't.
std::string FailureOf(const Row& row) {
  if (row.status == Status::kCapped) return {};
  if (row.status == Status::kOk) {
    return HasTime(row) ? "" : "a completed repetition has no time";
  }
  return row.error.empty() ? "error without a message" : row.error;
}

PooledStatus StatusOf(const CountedRows& rows) {
  if (!rows.error.empty()) return PooledStatus::kFailed;
  if (!rows.capped.empty()) return PooledStatus::kCapped;
  if (rows.completed() == 0) return PooledStatus::kMissing;
  const bool few =
      !rows.left_out.empty() && rows.counted.size() < kFewestUndisturbed;
  return few ? PooledStatus::kDisturbed : PooledStatus::kOk;
}

}  // namespace

CountedRows CountRows(std::span<const Row* const> rows) {
  CountedRows result;
  std::vector<const Row*> completed;
  for (const Row* const row : rows) {
    const std::string failure = FailureOf(*row);
    if (!failure.empty()) {
      if (result.error.empty()) result.error = failure;
    } else if (row->status == Status::kOk) {
      completed.push_back(row);
    } else {
      result.capped.push_back(row);
    }
  }
  result.counted = Undisturbed(completed);
  const std::set<const Row*> kept(result.counted.begin(), result.counted.end());
  std::copy_if(completed.begin(), completed.end(),
               std::back_inserter(result.left_out),
               [&kept](const Row* row) { return !kept.contains(row); });
  result.status = StatusOf(result);
  return result;
}

}  // namespace hybrid
