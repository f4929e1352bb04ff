#ifndef HYBRID_BENCH_MEASUREMENT_H_
#define HYBRID_BENCH_MEASUREMENT_H_

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "families/benchmark_list.h"
#include "measure/group_run.h"
#include "measure/run_context.h"
#include "measure/run_state.h"
#include "measure/trial.h"
#include "results/row.h"

namespace hybrid {

/// Who looks on while a benchmark is measured.
struct Onlooker {
  /// Is told what is being measured.
  std::function<void(const Key& key)> on_trial = [](const Key&) {};
  /// Is told what the first of `repetitions` took, where that is long.
  std::function<void(const Key& key, double wall_s, std::size_t repetitions)>
      on_long_batch = [](const Key&, double, std::size_t) {};
};

/// A group in rounds of launches, and how a benchmark of it has it measured.
struct MeasuredGroup {
  GroupRun run;
  /// Measures it, at the first call only.
  std::function<void()> measure;
  /// What time it has left; nothing where there is no limit.
  std::function<std::optional<double>()> left_s;
};

/// A benchmark under measurement. Google Benchmark calls Run for every
/// estimation pass and every repetition; each call is a trial, whose rows are
/// kept, but for the repetitions that a long batch does not get.
///
/// One of a group has the whole group measured by its first call, in rounds,
/// and hands over what was measured: Google Benchmark's own interleaving has an
/// order that nobody knows, over all groups, and tells nothing before its end.
class Measurement {
 public:
  /// `context` and `state` have to live on.
  Measurement(Benchmark benchmark, const RunContext& context, RunState& state,
              Onlooker onlooker = {}, MeasuredGroup* group = nullptr);

  /// The benchmark's body. No exception leaves it.
  void Run(benchmark::State& state);

  /// The rows of the last `repetitions` calls, numbered: these are the ones
  /// that Google Benchmark reports, the earlier ones were its estimation
  /// passes. Calls that were skipped after a failure or left out have no row.
  std::vector<Row> TakeRows(std::size_t repetitions);

  /// Measures the configuration once more, apart from Google Benchmark and with
  /// new workers: as many repetitions of as many batches as `rows` have. Empty
  /// if one of them is no time, if it may not be rerun, or where a signal, the
  /// cap or a failure ends it now, which then is no reason to lose the rows
  /// there are: the latter two are said on stderr.
  std::vector<Row> MeasureAgain(const std::vector<Row>& rows);

  /// `rows` count, one for each repetition, and not what Google Benchmark was
  /// told.
  void Replace(std::vector<Row> rows) { replacing_ = std::move(rows); }
  /// What Replace was given, or what was measured where Google Benchmark was
  /// told more; else none.
  const std::vector<Row>& replacing() const { return replacing_; }

  const std::string& name() const { return benchmark_.name; }
  const Key& key() const { return benchmark_.key; }
  /// Whether it stands for a whole group, whose best split is looked for.
  bool is_search() const {
    return group_ != nullptr && group_->run.is_search();
  }
  /// Whether its rows were told when they were measured, by its group.
  bool is_of_group() const { return group_ != nullptr && !group_->run.keeps(); }

  /// Why it ended early: an error, the cap, or that it was not run; empty if it
  /// did not.
  const std::string& ending() const { return ending_; }
  /// Why it was not run at all: what was measured before shows that there is
  /// not the memory for it; empty if it was. That is no failure.
  const std::string& not_run() const { return not_run_; }
  /// A signal came before it was through: it has no result.
  bool interrupted() const { return interrupted_; }
  /// How often MeasureAgain failed.
  int failed_reruns() const { return failed_reruns_; }

 private:
  void RunOfGroup(benchmark::State& state);
  std::vector<Row> RowsOfGroup() const;
  TrialResult Measure(std::uint64_t iterations);
  bool HasMemory();
  bool IsEnough(std::uint64_t iterations) const;
  void LeaveOut(benchmark::State& state) const;
  void TellOfLongBatch(const TrialResult& result) const;
  void Interrupt();
  void Fail(const std::string& cause);
  void SayOfRerun(const std::string& cause) const;

  Benchmark benchmark_;
  const RunContext& context_;
  RunState& state_;
  Onlooker onlooker_;
  MeasuredGroup* group_ = nullptr;
  std::string group_failure_;
  std::int64_t iterations_of_calls_ = 0;
  std::size_t calls_alike_ = 0;  // with so many iterations
  std::vector<std::vector<Row>> calls_;
  double last_iteration_s_ = 0;
  benchmark::UserCounters last_counters_;
  std::vector<Row> replacing_;
  int failed_reruns_ = 0;
  std::string ending_;
  std::string not_run_;
  bool interrupted_ = false;
};

/// Measurements that stay where they are while others are added.
using Measurements = std::deque<Measurement>;

/// The counters that every benchmark with a result has.
std::vector<std::string> CounterNames();

/// The counters of one repetition.
benchmark::UserCounters CountersOf(const Row& row);

/// What a search has beside its best split's counters; 0 each of other
/// benchmarks.
benchmark::UserCounters SearchCounters(const Statement* statement);

}  // namespace hybrid

#endif  // HYBRID_BENCH_MEASUREMENT_H_
