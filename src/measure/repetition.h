#ifndef HYBRID_MEASURE_REPETITION_H_
#define HYBRID_MEASURE_REPETITION_H_

#include <cstdint>
#include <optional>

#include "key/key.h"
#include "measure/sample.h"
#include "measure/sample_watch.h"
#include "measure/session.h"
#include "pool/worker_group.h"
#include "results/row.h"

namespace hybrid {

/// One repetition of one configuration on a live pool: any number of batches,
/// what the kernel saw of them, and the check of the products at its end.
class Repetition {
 public:
  Repetition(const Session& session, const Key& key, WorkerGroup& pool,
             double cap_s);

  /// Runs one batch; false if it was stopped at the cap, and then it is the
  /// last one. Throws as WorkerGroup does.
  bool RunBatch();

  /// Wall time of the last batch.
  double wall_s() const { return wall_s_; }
  /// Of the completed ones.
  double fastest_s() const { return fastest_s_; }
  bool capped() const { return capped_; }

  /// Verifies the products, then writes what was measured into `row`: means
  /// over the batches, or of the one that was stopped, because a mean with
  /// completed ones before it would be neither a completed time nor a rate at
  /// the cap. Throws PoolError for a wrong product, and then no time is given.
  void Finish(Row& row);

 private:
  std::optional<double> MeasureSpeed() const;

  const Session& session_;
  const Key& key_;
  WorkerGroup& pool_;
  double cap_s_;
  std::optional<double> speed_before_;
  SampleWatch watch_;
  Sample sample_;
  Sample capped_sample_;
  bool capped_ = false;
  double wall_s_ = 0;
  double sampled_s_ = 0;
  double fastest_s_;
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_REPETITION_H_
