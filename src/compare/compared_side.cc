#include "compare/compared_side.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "statistics/samples.h"

namespace hybrid {
namespace {

Launching LaunchingOf(std::span<const Row* const> rows) {
  Launching launching = Launching::kLivedOn;
  for (const Row* const row : rows) {
    // A grid knows no bounds, and leaves out what it has no time for.
    if (row->stage != Stage::kGrid || row->bound_s) return Launching::kSearched;
    if (row->is_launch() || row->status == Status::kSkipped) {
      launching = Launching::kInRounds;
    }
  }
  return launching;
}

}  // namespace

bool ComparedSide::has_launches() const {
  return launching == Launching::kLivedOn || whole >= kFewestSamples;
}

ComparedSide PoolSide(std::span<const Row* const> rows) {
  ComparedSide side;
  static_cast<PooledRows&>(side) = PoolRows(rows);
  side.launching = LaunchingOf(rows);
  const auto completed = static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [](const Row* row) {
        return row->status == Status::kOk && row->stage != Stage::kBound;
      }));
  side.whole = completed - std::min(completed, side.disturbed);
  side.of_launches = side.launched_anew ||
                     (side.launching != Launching::kLivedOn &&
                      std::all_of(rows.begin(), rows.end(), [](const Row* row) {
                        return row->is_launch() ||
                               row->status == Status::kSkipped ||
                               row->status == Status::kError;
                      }));
  return side;
}

}  // namespace hybrid
