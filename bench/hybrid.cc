// Read this first. It is what hybridbench is about: the family `Hybrid`, one
// benchmark for each configuration of the sweep, and the loop that measures a
// batch of tasks spread over worker processes.

#include "hybrid.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "batch_fixture.h"
#include "sample.h"

namespace hybrid {

void BatchFixture::Measure(benchmark::State& state, Row& row) {
  WorkerPool& pool = session().pools.Acquire(config());
  NoteStart(pool.start(), row);
  const double cap_s = session().caps.CapFor(config());
  Sample sample;
  double fastest_s = std::numeric_limits<double>::infinity();
  for ([[maybe_unused]] const auto unused : state) {
    const BatchTiming timing = pool.RunBatch(cap_s);
    if (timing.capped) {
      // Only the batch that was stopped: a mean with completed ones before it
      // would be neither a completed time nor a rate at the cap.
      Sample capped;
      capped.Add(timing);
      capped.Fill(config(), row);
      EndCapped(state, row, cap_s);
      break;
    }
    sample.Add(timing);
    state.SetIterationTime(timing.wall_s);
    fastest_s = std::min(fastest_s, timing.wall_s);
  }
  // A wrong product is an error, and then no time is reported.
  pool.Verify();
  if (row.status != kStatusOk) return;
  sample.Fill(config(), row);
  session().caps.Note(config(), fastest_s);
}

std::string HybridName(const Config& config) {
  std::string name =
      fmt::format("Hybrid/{}/n:{}/batch:{}/workers:{}/blas_threads:{}",
                  Name(config.operation), config.n, config.batch,
                  config.workers, config.blas_threads);
  if (config.data != Data::kFresh) {
    name += fmt::format("/data:{}", Name(config.data));
  }
  if (config.collect != Collect::kNone) {
    name += fmt::format("/collect:{}", Name(config.collect));
  }
  return name;
}

void AddHybrid(const Sweep& sweep, Session& session, Fixtures& fixtures) {
  for (const Config& config : sweep.configs) {
    fixtures.push_back(
        std::make_unique<BatchFixture>(HybridName(config), config, session));
  }
}

}  // namespace hybrid
