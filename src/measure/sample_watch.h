#ifndef HYBRID_MEASURE_SAMPLE_WATCH_H_
#define HYBRID_MEASURE_SAMPLE_WATCH_H_

#include "pool/worker_group.h"
#include "results/row.h"

namespace hybrid {

/// What the kernel says about the workers and the machine while one sample is
/// taken. All reading is done by the parent, before the first gate and after
/// the last finish, so that it costs the timed region nothing. What the workers
/// do between two batches (spinning for the next one, mostly) is in it.
class SampleWatch {
 public:
  /// Reads everything, and empties the workers' latency histograms.
  explicit SampleWatch(WorkerGroup& pool);

  /// Reads everything again and writes what has changed into `row`, whose
  /// `wall_s` must be there. `sampled_s` is the wall time of all batches since;
  /// times are given for the share of it that the row's wall_s is.
  void Fill(double sampled_s, Row& row);

 private:
  WorkerGroup& pool_;
  GroupCounters before_;
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_SAMPLE_WATCH_H_
