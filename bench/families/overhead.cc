#include "families/overhead.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "analysis/format_units.h"
#include "families/batch_fixture.h"
#include "measure/sample.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

constexpr std::uint64_t kEmptyTasks = 1000000;
constexpr std::size_t kBallastBytes = std::size_t{4} << 30;

/// One iteration is one gate with a task for each worker; its time is what
/// passes until the last worker runs.
class GateFixture : public Fixture {
 public:
  using Fixture::Fixture;

 protected:
  void Measure(benchmark::State& state, Row& row) override {
    WorkerGroup& pool = session().pools.Acquire(key());
    NoteStart(pool.start(), row);
    Sample sample;
    Loop(state, [&] {
      const BatchTiming timing = pool.RunBatch(CapPolicy::kFirstS);
      sample.Add(timing);
      state.SetIterationTime(timing.gate_s);
      return true;
    });
    row.iterations = sample.batches();
    row.wall_s = sample.gate_s();
  }
};

/// One iteration launches a pool, from the first vfork to the last ready.
class StartFixture : public Fixture {
 public:
  StartFixture(Key key, Session& session, std::size_t ballast_bytes)
      : Fixture(std::move(key), session), ballast_bytes_(ballast_bytes) {}

 protected:
  void Measure(benchmark::State& state, Row& row) override {
    session().pools.Release();
    // Touched, so that a fork would have page tables to copy. Kept, since that
    // takes seconds.
    if (ballast_.size() < ballast_bytes_) ballast_.assign(ballast_bytes_, 1);
    double total_s = 0;
    double warm_up_s = 0;
    Loop(state, [&] {
      const std::unique_ptr<WorkerGroup> pool = session().pools.Launch(key());
      NoteStart(pool->start(), row);
      total_s += pool->start().start_s;
      warm_up_s += pool->start().warm_up_s;
      ++row.iterations;
      state.SetIterationTime(pool->start().start_s);
      pool->Shutdown();
      return true;
    });
    benchmark::DoNotOptimize(ballast_.data());
    const auto launches = static_cast<double>(row.iterations);
    row.start_s = total_s / launches;
    row.wall_s = row.start_s;
    // The workers' own part, BLIS's: it is work, not waiting.
    row.operate_s = warm_up_s / launches;
    row.idle_s = *row.wall_s - *row.operate_s;
  }

 private:
  std::size_t ballast_bytes_;
  std::vector<char> ballast_;
};

Key OverheadKey(std::string_view what, std::uint64_t workers,
                std::uint64_t batch, const Options& options) {
  Key key;
  key.family = Family::kOverhead;
  key.variant = what;
  key.operation = "none";
  key.n = 1;
  key.batch = batch;
  key.workers = workers;
  key.pin = options.axes.pin;
  key.seed = options.axes.seed;
  return key;
}

}  // namespace

void AddOverhead(const Options& options, Session& session, Fixtures& fixtures) {
  const auto cores = static_cast<std::uint64_t>(session.machine.usable_cores);
  const bool ballast_fits =
      session.machine.memory_available_bytes / 2 > std::uint64_t{kBallastBytes};
  for (const std::uint64_t workers : std::set<std::uint64_t>{1, 2, cores}) {
    fixtures.push_back(std::make_unique<BatchFixture>(
        OverheadKey("empty_tasks", workers, kEmptyTasks, options), session));
    fixtures.push_back(std::make_unique<GateFixture>(
        OverheadKey("gate", workers, workers, options), session));
    fixtures.push_back(std::make_unique<StartFixture>(
        OverheadKey("start", workers, workers, options), session, 0));
  }
  if (!ballast_fits) return;
  // Last, so that nothing else runs beside the ballast.
  fixtures.push_back(std::make_unique<StartFixture>(
      OverheadKey("start_parent_4_gib", cores, cores, options), session,
      kBallastBytes));
}

std::string OverheadText(std::span<const Row> rows) {
  std::map<std::pair<std::string, std::uint64_t>, std::vector<const Row*>>
      groups;
  for (const Row& row : rows) {
    if (row.family == Family::kOverhead && row.status == Status::kOk) {
      groups[{row.variant, row.workers}].push_back(&row);
    }
  }
  std::string text =
      groups.empty() ? "" : "Overhead of the harness (medians)\n";
  for (const auto& [key, group] : groups) {
    const auto& [variant, workers] = key;
    std::vector<double> walls;
    std::vector<double> warm_ups;
    for (const Row* row : group) {
      walls.push_back(row->wall_s.value());
      warm_ups.push_back(row->operate_s.value_or(0));
    }
    const double wall_s = Median(walls).value();
    std::string figure = FormatSeconds(wall_s);
    if (variant == "empty_tasks") {
      figure = fmt::format(
          "{} per task",
          FormatSeconds(wall_s / static_cast<double>(group.front()->batch)));
    } else if (variant != "gate") {
      figure += fmt::format(", of which {} BLIS warm-up",
                            FormatSeconds(Median(warm_ups).value()));
    }
    text += fmt::format("  {:<20} {:>3} {:<7}  {}\n", variant, workers,
                        workers == 1 ? "worker" : "workers", figure);
  }
  return text;
}

}  // namespace hybrid
