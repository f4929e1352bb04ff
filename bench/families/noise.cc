#include "families/noise.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "analysis/noise_floor.h"
#include "measure/repetition.h"
#include "operation/operation.h"
#include "sweep/admission.h"

namespace hybrid {
namespace {

class NoiseFixture : public Fixture {
 public:
  using Fixture::Fixture;

 protected:
  void Measure(benchmark::State& state, Row& row) override {
    session().pools.Release();
    const double cap_s = session().caps.CapFor(key());
    const auto batches = static_cast<std::size_t>(state.max_iterations);
    std::vector<double> both_s(batches, 0);
    Row other = NewRow();
    other.status = Status::kOk;
    row.variant = kNoiseA;
    other.variant = kNoiseB;
    Row* order[] = {&row, &other};
    if (b_first_) std::swap(order[0], order[1]);
    b_first_ = !b_first_;
    bool capped = false;
    for (Row* side : order) {
      capped = capped || !MeasureSide(cap_s, *side, both_s);
    }
    std::size_t batch = 0;
    Loop(state, [&] {
      if (capped) return false;
      state.SetIterationTime(both_s[batch++]);
      return true;
    });
    if (capped) return EndCapped(state, row, cap_s);
    AddCompanion(std::move(other));
  }

 private:
  /// Adds the wall time of each batch to `both_s`; false if one was capped.
  bool MeasureSide(double cap_s, Row& row, std::vector<double>& both_s) {
    const std::unique_ptr<WorkerGroup> pool = session().pools.Launch(key());
    NoteStart(pool->start(), row);
    Repetition repetition(session(), key(), *pool, cap_s);
    for (double& wall_s : both_s) {
      if (!repetition.RunBatch()) break;
      wall_s += repetition.wall_s();
    }
    repetition.Finish(row);
    pool->Shutdown();
    if (!repetition.capped()) {
      session().caps.Note(key(), repetition.fastest_s());
    }
    return !repetition.capped();
  }

  bool b_first_ = false;
};

}  // namespace

void AddNoise(const SweepAxes& axes, Session& session, Fixtures& fixtures) {
  const auto operation = std::find_if_not(
      axes.operations.begin(), axes.operations.end(), ComputesNothing);
  if (operation == axes.operations.end()) return;
  Key key;
  key.operation = *operation;
  key.family = Family::kNoise;
  key.data = axes.data.front();
  key.collect = axes.collect.front();
  key.pin = axes.pin;
  key.kernels_asked = axes.kernels.front();
  key.seed = axes.seed;
  key.workers = static_cast<std::uint32_t>(session.machine.usable_cores);
  key.batch =
      *std::min_element(axes.batch.values.begin(), axes.batch.values.end());
  for (const std::uint64_t n : axes.n.values) {
    key.n = n;
    if (WhyNotAdmissible(key, session.machine.usable_cores,
                         session.machine.memory_available_bytes)) {
      continue;
    }
    fixtures.push_back(std::make_unique<NoiseFixture>(key, session));
  }
}

}  // namespace hybrid
