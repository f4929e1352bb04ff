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
    WorkerPool& pool = session().pools.Acquire(config());
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
  StartFixture(std::string name, Config config, Session& session,
               std::size_t ballast_bytes)
      : Fixture(std::move(name), std::move(config), session),
        ballast_bytes_(ballast_bytes) {}

 protected:
  void Measure(benchmark::State& state, Row& row) override {
    session().pools.Release();
    // Touched, so that a fork would have page tables to copy. Kept, since that
    // takes seconds.
    if (ballast_.size() < ballast_bytes_) ballast_.assign(ballast_bytes_, 1);
    double total_s = 0;
    double warm_up_s = 0;
    Loop(state, [&] {
      WorkerPool pool = session().pools.Launch(config());
      NoteStart(pool.start(), row);
      total_s += pool.start().start_s;
      warm_up_s += pool.start().warm_up_s;
      ++row.iterations;
      state.SetIterationTime(pool.start().start_s);
      pool.Shutdown();
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

Config OverheadConfig(std::string_view what, std::uint32_t workers,
                      std::uint64_t batch, const Options& options) {
  Config config;
  config.family = fmt::format("Overhead/{}", what);
  config.operation = Operation::kNone;
  config.n = 1;
  config.batch = batch;
  config.workers = workers;
  config.pin = options.axes.pin;
  config.seed = options.axes.seed;
  return config;
}

}  // namespace

void AddOverhead(const Options& options, Session& session, Fixtures& fixtures) {
  const auto cores = static_cast<std::uint32_t>(session.machine.usable_cores);
  const bool ballast_fits =
      session.machine.memory_available_bytes / 2 > std::uint64_t{kBallastBytes};
  for (const std::uint32_t workers : std::set<std::uint32_t>{1, 2, cores}) {
    const auto name = [workers](const Config& config) {
      return fmt::format("{}/workers:{}", config.family, workers);
    };
    const Config tasks =
        OverheadConfig("empty_tasks", workers, kEmptyTasks, options);
    fixtures.push_back(
        std::make_unique<BatchFixture>(name(tasks), tasks, session));
    const Config gate = OverheadConfig("gate", workers, workers, options);
    fixtures.push_back(
        std::make_unique<GateFixture>(name(gate), gate, session));
    const Config start = OverheadConfig("start", workers, workers, options);
    fixtures.push_back(
        std::make_unique<StartFixture>(name(start), start, session, 0));
  }
  if (!ballast_fits) return;
  // Last, so that nothing else runs beside the ballast.
  const Config heavy =
      OverheadConfig("start_parent_4_gib", cores, cores, options);
  fixtures.push_back(std::make_unique<StartFixture>(
      fmt::format("{}/workers:{}", heavy.family, cores), heavy, session,
      kBallastBytes));
}

std::string OverheadText(std::span<const Row> rows) {
  std::map<std::pair<std::string, std::uint64_t>, std::vector<const Row*>>
      groups;
  for (const Row& row : rows) {
    if (row.family.starts_with("Overhead/") && row.status == kStatusOk) {
      groups[{row.family, row.workers}].push_back(&row);
    }
  }
  std::string text =
      groups.empty() ? "" : "Overhead of the harness (medians)\n";
  for (const auto& [key, group] : groups) {
    const auto& [family, workers] = key;
    std::vector<double> walls;
    std::vector<double> warm_ups;
    for (const Row* row : group) {
      walls.push_back(row->wall_s.value());
      warm_ups.push_back(row->operate_s.value_or(0));
    }
    const double wall_s = Median(walls).value();
    std::string figure = FormatSeconds(wall_s);
    if (family == "Overhead/empty_tasks") {
      figure = fmt::format(
          "{} per task",
          FormatSeconds(wall_s / static_cast<double>(group.front()->batch)));
    } else if (family != "Overhead/gate") {
      figure += fmt::format(", of which {} BLIS warm-up",
                            FormatSeconds(Median(warm_ups).value()));
    }
    text += fmt::format("  {:<20} {:>3} {:<7}  {}\n",
                        family.substr(family.find('/') + 1), workers,
                        workers == 1 ? "worker" : "workers", figure);
  }
  return text;
}

}  // namespace hybrid
