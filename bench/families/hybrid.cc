// Read this first. It is what hybridbench is about: the family `Hybrid`, one
// benchmark for each configuration of the sweep, and the loop that measures a
// batch of tasks spread over worker processes.

#include "families/hybrid.h"

#include <fmt/format.h>

#include <cstdio>

#include "families/batch_fixture.h"
#include "measure/repetition.h"

namespace hybrid {

void BatchFixture::Measure(benchmark::State& state, Row& row) {
  WorkerPool& pool = session().pools.Acquire(config());
  NoteStart(pool.start(), row);
  const double cap_s = session().caps.CapFor(config());
  Repetition repetition(session(), config(), pool, cap_s);
  Loop(state, [&] {
    if (!repetition.RunBatch()) return false;
    state.SetIterationTime(repetition.wall_s());
    return true;
  });
  repetition.Finish(row);
  if (repetition.capped()) {
    EndCapped(state, row, cap_s);
  } else {
    session().caps.Note(config(), repetition.fastest_s());
  }
}

std::vector<Row> BatchFixture::MeasureAgain(const std::vector<Row>& rows) try {
  session().pools.Release();
  WorkerPool& pool = session().pools.Acquire(config());
  std::vector<Row> again;
  for (const Row& old : rows) {
    Row row = NewRow();
    NoteStart(pool.start(), row);
    Repetition repetition(session(), config(), pool,
                          session().caps.CapFor(config()));
    for (std::uint64_t i = 0; i < old.iterations; ++i) {
      if (!repetition.RunBatch()) return {};
    }
    repetition.Finish(row);
    row.status = kStatusOk;
    row.repetition = old.repetition;
    row.attempt = old.attempt + 1;
    again.push_back(std::move(row));
  }
  return again;
} catch (const PoolInterrupted&) {
  session().pools.Drop();
  return {};
} catch (const PoolError& error) {
  session().pools.Drop();
  fmt::print(stderr, "bench: --rerun_noisy: {}: {}\n", Describe(config()),
             error.what());
  return {};
}

std::string ConfigurationName(const Config& config) {
  std::string name =
      fmt::format("{}/{}/n:{}/batch:{}/workers:{}/blas_threads:{}",
                  config.family, Name(config.operation), config.n, config.batch,
                  config.workers, config.blas_threads);
  if (config.data != Data::kFresh) {
    name += fmt::format("/data:{}", Name(config.data));
  }
  if (config.collect != Collect::kNone) {
    name += fmt::format("/collect:{}", Name(config.collect));
  }
  if (config.kernels != kBestKernels) {
    name += fmt::format("/kernels:{}", config.kernels);
  }
  return name;
}

void AddHybrid(const Sweep& sweep, Session& session, Fixtures& fixtures) {
  for (const Config& config : sweep.configs) {
    fixtures.push_back(std::make_unique<BatchFixture>(ConfigurationName(config),
                                                      config, session));
  }
}

}  // namespace hybrid
