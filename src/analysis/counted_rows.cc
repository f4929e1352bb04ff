#include "analysis/counted_rows.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <tuple>
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

/// What was measured of the configuration itself.
std::vector<const Row*> Measurements(std::span<const Row* const> rows) {
  std::vector<const Row*> measurements;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(measurements),
               [](const Row* row) {
                 return row->stage != Stage::kBound &&
                        row->status != Status::kSkipped;
               });
  return measurements;
}

/// Whether launches say that the split was stopped: of a grid the first one,
/// after which there are none, and of a search the last one.
bool WasStopped(std::span<const Row* const> rows) {
  const auto is_of_grid = [](const Row* row) {
    return row->stage == Stage::kGrid && row->round > 0;
  };
  if (std::any_of(rows.begin(), rows.end(), is_of_grid)) {
    return std::any_of(rows.begin(), rows.end(), [](const Row* row) {
      return row->status == Status::kCapped && row->round == 1;
    });
  }
  const auto last = std::max_element(
      rows.begin(), rows.end(), [](const Row* a, const Row* b) {
        return std::tuple(a->is_launch(), a->time_utc, a->stage, a->round) <
               std::tuple(b->is_launch(), b->time_utc, b->stage, b->round);
      });
  return last != rows.end() && (*last)->status == Status::kCapped;
}

bool IsOfSearch(std::span<const Row* const> rows) {
  return std::all_of(rows.begin(), rows.end(),
                     [](const Row* row) { return row->stage != Stage::kGrid; });
}

PooledStatus StatusOf(const CountedRows& rows) {
  if (!rows.error.empty()) return PooledStatus::kFailed;
  if (rows.skipped) return PooledStatus::kSkipped;
  if (!rows.capped.empty()) return PooledStatus::kCapped;
  if (rows.completed() == 0) return PooledStatus::kMissing;
  const bool few =
      !rows.left_out.empty() && rows.counted.size() < kFewestUndisturbed;
  return few ? PooledStatus::kDisturbed : PooledStatus::kOk;
}

}  // namespace

CountedRows CountRows(std::span<const Row* const> all) {
  CountedRows result;
  const std::vector<const Row*> rows = Measurements(all);
  result.skipped = rows.empty() && !all.empty();
  const bool was_stopped = WasStopped(rows);
  std::vector<const Row*> completed;
  for (const Row* const row : rows) {
    const std::string failure = FailureOf(*row);
    if (!failure.empty()) {
      if (result.error.empty()) result.error = failure;
    } else if (row->status == Status::kOk ||
               (row->is_launch() && !was_stopped && HasTime(*row))) {
      completed.push_back(row);
    } else {
      result.capped.push_back(row);
    }
  }
  result.counted = Undisturbed(completed);
  if (result.counted.size() < kFewestUndisturbed && IsOfSearch(completed)) {
    result.disturbed = completed.size() - result.counted.size();
    result.counted = completed;
  }
  const std::set<const Row*> kept(result.counted.begin(), result.counted.end());
  std::copy_if(completed.begin(), completed.end(),
               std::back_inserter(result.left_out),
               [&kept](const Row* row) { return !kept.contains(row); });
  result.status = StatusOf(result);
  return result;
}

}  // namespace hybrid
