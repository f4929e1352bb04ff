#ifndef HYBRID_PREDICTION_GRID_H_
#define HYBRID_PREDICTION_GRID_H_

#include <set>
#include <span>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/ways.h"
#include "key/key.h"
#include "prediction/task_size.h"
#include "results/row.h"

namespace hybrid {

/// What was measured on one machine in one way, for all n and batches.
struct Grid {
  Grid() = default;
  Grid(Grid&&) = default;
  Grid& operator=(Grid&&) = default;
  Grid(const Grid&) = delete;  // `way` points into `answers`
  Grid& operator=(const Grid&) = delete;
  ~Grid() = default;

  std::vector<Answer> answers;
  Way way;  ///< its `answers` are those above that compute something
  std::string machine_id;  ///< MachineIdOf; empty if not recorded
  std::string first_day;   ///< of measuring, UTC: "2026-11-22"
  std::string last_day;
  std::string flags;  ///< Row::flags of the newest run
  /// The splits that a search, or a budget, left out at some size: nothing is
  /// known of them there.
  std::set<Split> not_run;

  /// What all answers have in common, of one of them.
  const GroupKey& key() const { return way.answers.front()->key; }
  /// The answer for `size` if it was measured, whether or not its best is
  /// known; else null.
  const Answer* Find(const TaskSize& size) const;
};

/// The grid that `rows` are, those of operations that compute nothing left out.
/// Throws PredictionError where there is nothing to predict from, where nothing
/// can be recommended (JudgeTrust), and where the rows are of several machines
/// or ways of measuring: what one takes tells nothing of another.
Grid FindGrid(std::span<const Row> rows);

/// Whether `answer` knows the best of several splits.
bool IsDecided(const Answer& answer);

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_GRID_H_
