#include "measure/repetition.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <thread>

namespace hybrid {

Repetition::Repetition(const Session& session, const Key& key,
                       WorkerGroup& pool, double cap_s)
    : session_(session),
      key_(key),
      pool_(pool),
      cap_s_(cap_s),
      speed_before_(MeasureSpeed()),
      watch_(pool, session.system),
      fastest_s_(std::numeric_limits<double>::infinity()) {}

/// While the workers sleep.
std::optional<double> Repetition::MeasureSpeed() const {
  if (!session_.speed) return std::nullopt;
  std::this_thread::sleep_for(key_.blas_threads > 1 ? kThreadsFallAsleep
                                                    : kWorkersFallAsleep);
  return session_.speed->Measure();
}

bool Repetition::RunBatch() {
  const BatchTiming timing = pool_.RunBatch(cap_s_);
  wall_s_ = timing.wall_s;
  sampled_s_ += timing.wall_s;
  capped_ = timing.capped;
  if (capped_) {
    capped_sample_.Add(timing);
  } else {
    sample_.Add(timing);
    fastest_s_ = std::min(fastest_s_, timing.wall_s);
  }
  return !capped_;
}

void Repetition::Finish(Row& row) {
  (capped_ ? capped_sample_ : sample_).Fill(key_, row);
  watch_.Fill(sampled_s_, row);
  if (session_.ceilings) {
    const Ceilings& ceilings = *session_.ceilings;
    row.core_peak_gflops = ceilings.core_peak_gflops;
    row.peak_gflops = ceilings.peak_gflops;
    row.core_triad_bytes_per_s = ceilings.core_triad_bytes_per_s;
    row.triad_bytes_per_s = ceilings.triad_bytes_per_s;
    row.peak_fraction = row.gflops.value_or(0) / ceilings.peak_gflops;
  }
  if (session_.machine.topology.cache_bytes > 0) {
    row.cache_bytes = session_.machine.topology.cache_bytes;
  }
  pool_.Verify();
  const std::optional<double> speed_after = MeasureSpeed();
  if (speed_before_ && speed_after) {
    row.speed_fraction = (*speed_before_ + *speed_after) / 2;
  }
}

}  // namespace hybrid
