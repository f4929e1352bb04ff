#include "families/noise.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "measure/repetition.h"
#include "sweep/admission.h"

namespace hybrid {
namespace {

class NoiseFixture : public Fixture {
 public:
  using Fixture::Fixture;

 protected:
  void Measure(benchmark::State& state, Row& row) override {
    session().pools.Release();
    const double cap_s = session().caps.CapFor(config());
    const auto batches = static_cast<std::size_t>(state.max_iterations);
    std::vector<double> both_s(batches, 0);
    Row other = NewRow();
    other.status = kStatusOk;
    row.family = "Noise/A";
    other.family = "Noise/B";
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
    WorkerPool pool = session().pools.Launch(config());
    NoteStart(pool.start(), row);
    Repetition repetition(session(), config(), pool, cap_s);
    for (double& wall_s : both_s) {
      if (!repetition.RunBatch()) break;
      wall_s += repetition.wall_s();
    }
    repetition.Finish(row);
    pool.Shutdown();
    if (!repetition.capped()) {
      session().caps.Note(config(), repetition.fastest_s());
    }
    return !repetition.capped();
  }

  bool b_first_ = false;
};

}  // namespace

void AddNoise(const SweepAxes& axes, Session& session, Fixtures& fixtures) {
  if (std::find(axes.operations.begin(), axes.operations.end(),
                Operation::kGemm) == axes.operations.end()) {
    return;
  }
  Config config;
  config.family = "Noise";
  config.data = axes.data.front();
  config.collect = axes.collect.front();
  config.pin = axes.pin;
  config.kernels = axes.kernels.front();
  config.seed = axes.seed;
  config.workers = static_cast<std::uint32_t>(session.machine.usable_cores);
  config.batch =
      *std::min_element(axes.batch.values.begin(), axes.batch.values.end());
  for (const std::uint64_t n : axes.n.values) {
    config.n = n;
    if (WhyNotAdmissible(config, session.machine.usable_cores,
                         session.machine.memory_available_bytes)) {
      continue;
    }
    fixtures.push_back(std::make_unique<NoiseFixture>(ConfigurationName(config),
                                                      config, session));
  }
}

}  // namespace hybrid
