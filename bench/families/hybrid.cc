// Read this first. It is what hybridbench is about: the family `Hybrid`, one
// benchmark for each configuration of the sweep, and the loop that measures a
// batch of tasks spread over worker processes.

#include "families/hybrid.h"

#include <fmt/format.h>

#include <cstdio>

#include "families/batch_fixture.h"
#include "key/key_text.h"
#include "measure/repetition.h"

namespace hybrid {

void BatchFixture::Measure(benchmark::State& state, Row& row) {
  WorkerGroup& pool = session().pools.Acquire(key());
  NoteStart(pool.start(), row);
  const double cap_s = session().caps.CapFor(key());
  Repetition repetition(session(), key(), pool, cap_s);
  Loop(state, [&] {
    if (!repetition.RunBatch()) return false;
    state.SetIterationTime(repetition.wall_s());
    return true;
  });
  repetition.Finish(row);
  if (repetition.capped()) {
    EndCapped(state, row, cap_s);
  } else {
    session().caps.Note(key(), repetition.fastest_s());
  }
}

std::vector<Row> BatchFixture::MeasureAgain(const std::vector<Row>& rows) try {
  session().pools.Release();
  WorkerGroup& pool = session().pools.Acquire(key());
  std::vector<Row> again;
  for (const Row& old : rows) {
    Row row = NewRow();
    NoteStart(pool.start(), row);
    Repetition repetition(session(), key(), pool, session().caps.CapFor(key()));
    for (std::uint64_t i = 0; i < old.iterations; ++i) {
      if (!repetition.RunBatch()) return {};
    }
    repetition.Finish(row);
    row.status = Status::kOk;
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
  fmt::print(stderr, "bench: --rerun_noisy: {}: {}\n",
             KeyText(key(), KeyStyle::kShort), error.what());
  return {};
}

void AddHybrid(const Sweep& sweep, Session& session, Fixtures& fixtures) {
  for (const Key& key : sweep.keys) {
    fixtures.push_back(std::make_unique<BatchFixture>(key, session));
  }
}

}  // namespace hybrid
