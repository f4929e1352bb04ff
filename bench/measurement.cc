#include "measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <exception>
#include <limits>
#include <utility>

#include "analysis/evidence.h"
#include "base/standard_streams.h"
#include "key/key_text.h"
#include "measure/interrupt.h"
#include "measure/new_row.h"
#include "search/long_batch.h"

namespace hybrid {
namespace {

/// Calls `visit(name, value)` for every measurement: each is a counter. Every
/// benchmark has all of them, or Google Benchmark's own reporters can't make a
/// table; one that has no such figure shows 0.
template <typename Visitor>
void ForEachCounter(const Row& row, Visitor&& visit) {
  ForEachMeasurement(row, [&visit](const char* name, const auto& value) {
    visit(name, value ? static_cast<double>(*value) : 0.0);
  });
}

/// Of a search, the time of the best split's median launch.
std::optional<double> MedianOfBest(const GroupRun& run) {
  if (!run.is_search() || !run.statement() || !run.statement()->best) {
    return std::nullopt;
  }
  return run.statement()->splits[*run.statement()->best].median_s;
}

/// Of `rows`, which are launches and some, the one that took nearest to
/// `seconds`.
const Row& NearestTo(double seconds, const std::vector<Row>& rows) {
  const auto distance = [seconds](const Row& row) {
    return HasTime(row) ? std::abs(TimeOf(row) - seconds)
                        : std::numeric_limits<double>::infinity();
  };
  return *std::min_element(
      rows.begin(), rows.end(),
      [&](const Row& a, const Row& b) { return distance(a) < distance(b); });
}

}  // namespace

std::vector<std::string> CounterNames() {
  std::vector<std::string> names;
  ForEachCounter(
      Row(), [&names](const char* name, double) { names.emplace_back(name); });
  names.insert(names.end(), {"oversubscribed", "usable_cores"});
  return names;
}

benchmark::UserCounters CountersOf(const Row& row) {
  benchmark::UserCounters counters;
  ForEachCounter(row, [&counters](const char* name, double value) {
    counters[name] = value;
  });
  counters["oversubscribed"] = row.oversubscribed ? 1 : 0;
  counters["usable_cores"] = static_cast<double>(row.usable_cores);
  return counters;
}

benchmark::UserCounters SearchCounters(const Statement* statement) {
  benchmark::UserCounters counters;
  const auto add = [&counters](const char* name, auto value) {
    counters[name] = static_cast<double>(value);
  };
  const bool has_best = statement != nullptr && statement->best;
  const Split best =
      has_best ? statement->splits[*statement->best].split : Split{0, 0};
  add("search_hosts", has_best ? best.host_count : 0);
  add("search_workers", best.workers);
  add("search_blas_threads", best.blas_threads);
  add("search_chance", has_best ? statement->chance.value_or(1) : 0);
  add("search_measured", has_best ? statement->measured() : 0);
  add("search_splits", has_best ? statement->splits.size() : 0);
  return counters;
}

Measurement::Measurement(Benchmark benchmark, const RunContext& context,
                         RunState& state, Onlooker onlooker,
                         MeasuredGroup* group)
    : benchmark_(std::move(benchmark)),
      context_(context),
      state_(state),
      onlooker_(std::move(onlooker)),
      group_(group) {}

/// Of a search the launches of its best split.
std::vector<Row> Measurement::RowsOfGroup() const {
  const GroupRun& run = group_->run;
  Key key = benchmark_.key;
  if (run.is_search()) {
    if (!run.statement() || !run.statement()->best) return {};
    const Split best = run.statement()->splits[*run.statement()->best].split;
    key.host_count = best.host_count;
    key.workers = best.workers;
    key.blas_threads = best.blas_threads;
    key.engine = best.engine;
  }
  std::vector<Row> rows = run.member(key).rows;
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.repetition < b.repetition;
  });
  return rows;
}

/// Hands over a launch for each repetition; which one is asked for the calls
/// tell: those that estimate have fewer iterations than all that follow.
void Measurement::RunOfGroup(benchmark::State& state) {
  const GroupRun& run = group_->run;
  if (!run.is_search()) {
    const GroupMember& member = run.member(key());
    ending_ = member.ending;
    not_run_ = member.not_run;
    interrupted_ = run.interrupted() && !member.is_done;
  } else {
    interrupted_ = run.interrupted();
    if (run.statement() && !run.statement()->best) ending_ = "no split ended";
  }
  if (interrupted_) ending_ = "interrupted";
  if (!group_failure_.empty() && ending_.empty()) ending_ = group_failure_;
  const std::vector<Row> rows = RowsOfGroup();
  if (rows.empty() && ending_.empty()) ending_ = "nothing was measured";
  if (!ending_.empty()) state.SkipWithError(ending_.c_str());
  if (std::exchange(iterations_of_calls_, state.max_iterations) !=
      state.max_iterations) {
    calls_alike_ = 0;
  }
  const std::optional<double> best_s = MedianOfBest(run);
  const Row* row =
      rows.empty() ? nullptr : &rows[std::min(calls_alike_++, rows.size() - 1)];
  if (row != nullptr && best_s) row = &NearestTo(*best_s, rows);
  for ([[maybe_unused]] const auto unused : state) {
    state.SetIterationTime(
        row == nullptr ? 0 : best_s.value_or(row->wall_s.value_or(0)));
  }
  if (!ending_.empty()) return;
  state.counters = CountersOf(*row);
  if (!run.is_search()) return;
  for (const auto& [name, counter] : SearchCounters(&*run.statement())) {
    state.counters[name] = counter;
  }
}

void Measurement::Run(benchmark::State& state) {
  if (group_ != nullptr) {
    try {
      group_->measure();
    } catch (const std::exception& error) {
      group_failure_ = error.what();
    }
    if (!group_->run.keeps()) {
      RunOfGroup(state);
      return;
    }
  }
  if (calls_.empty() && ending_.empty() && group_ != nullptr &&
      group_->left_s().value_or(1) <= 0) {
    not_run_ = "no time left";
    ending_ = fmt::format("not run: {}", not_run_);
  }
  calls_.emplace_back();
  if (ending_.empty() && Interrupted()) Interrupt();
  const auto iterations = static_cast<std::uint64_t>(state.max_iterations);
  if (ending_.empty() && IsEnough(iterations)) {
    LeaveOut(state);
    return;
  }
  TrialResult result;
  // Google Benchmark 1.7.1 crashes on a repetition that succeeds after a first
  // one that failed.
  if (ending_.empty() && HasMemory()) result = Measure(iterations);
  if (!ending_.empty()) state.SkipWithError(ending_.c_str());
  // After an error there are no iterations, yet the loop has to begin and end:
  // Google Benchmark's statistics abort when one repetition has fewer
  // iterations than another.
  std::size_t iteration = 0;
  for ([[maybe_unused]] const auto unused : state) {
    state.SetIterationTime(result.iterations_s[iteration++]);
  }
  if (!ending_.empty()) return;
  last_iteration_s_ = result.iterations_s.back();
  last_counters_ = CountersOf(result.row);
  state.counters = last_counters_;
  TellOfLongBatch(result);
}

/// Asked before its workers start for the first time: who had a repetition has
/// shown that there is the memory for it.
bool Measurement::HasMemory() {
  if (calls_.size() > 1) return true;
  auto reason = state_.memory.WhyNot(key(), context_.site.machine);
  if (!reason) return true;
  not_run_ = *std::move(reason);
  ending_ = fmt::format("not run: {}", not_run_);
  return false;
}

/// Whether the repetitions that are there are all that a long batch gets.
/// Estimation passes have fewer iterations, so they are told apart.
bool Measurement::IsEnough(std::uint64_t iterations) const {
  if (benchmark_.default_repetitions == 0) return false;
  std::size_t there = 0;
  double first_wall_s = 0;
  for (const std::vector<Row>& rows : calls_) {
    if (rows.empty() || rows.front().iterations != iterations) continue;
    if (there++ == 0) first_wall_s = rows.front().wall_s.value_or(0);
  }
  return there > 0 &&
         there >= RepetitionsDue(benchmark_.default_repetitions, first_wall_s);
}

/// Google Benchmark makes as many repetitions as it was told in the beginning;
/// it gets the last one again, and CountedRuns takes that from its reports.
void Measurement::LeaveOut(benchmark::State& state) const {
  for ([[maybe_unused]] const auto unused : state) {
    state.SetIterationTime(last_iteration_s_);
  }
  state.counters = last_counters_;
}

void Measurement::TellOfLongBatch(const TrialResult& result) const {
  const Row& row = result.row;
  const double wall_s = row.wall_s.value_or(0);
  const auto there =
      std::count_if(calls_.begin(), calls_.end(), [&](const auto& rows) {
        return !rows.empty() && rows.front().iterations == row.iterations;
      });
  const std::size_t due =
      RepetitionsDue(benchmark_.default_repetitions, wall_s);
  if (there == 1 && due > 1 && wall_s > kLongBatchS) {
    onlooker_.on_long_batch(key(), wall_s, due);
  }
}

TrialResult Measurement::Measure(std::uint64_t iterations) {
  onlooker_.on_trial(key());
  try {
    TrialResult result = benchmark_.trial(key(), iterations, context_, state_);
    result.row.attempt = benchmark_.attempt;
    ending_ = result.ending;
    calls_.back() = {result.row};
    return result;
  } catch (const PoolInterrupted&) {
    Interrupt();
  } catch (const std::exception& error) {
    // A signal to the whole process group ends workers before bench notes it.
    Interrupted() ? Interrupt() : Fail(error.what());
  }
  state_.pools.Drop();
  return {};
}

void Measurement::Interrupt() {
  interrupted_ = true;
  ending_ = "interrupted";
}

void Measurement::Fail(const std::string& cause) {
  ending_ = cause;
  Row row = NewRow(key(), context_);
  row.attempt = benchmark_.attempt;
  row.status = Status::kError;
  row.error = cause;
  calls_.back() = {std::move(row)};
}

std::vector<Row> Measurement::TakeRows(std::size_t repetitions) {
  if (is_of_group()) {
    std::vector<Row> all = RowsOfGroup();
    // What Google Benchmark counts are its own iterations.
    if (!group_->run.is_search()) replacing_ = all;
    return all;
  }
  std::vector<Row> rows;
  const std::size_t first =
      calls_.size() - std::min(repetitions, calls_.size());
  for (std::size_t i = first; i < calls_.size(); ++i) {
    for (Row& row : calls_[i]) {
      row.repetition = i - first;
      rows.push_back(std::move(row));
    }
  }
  const bool all =
      std::all_of(calls_.begin() + static_cast<std::ptrdiff_t>(first),
                  calls_.end(), [](const auto& call) { return !call.empty(); });
  if (!all && ending_.empty()) {
    replacing_.clear();
    for (const Row& row : rows) {
      if (replacing_.size() == row.repetition) replacing_.push_back(row);
    }
  }
  calls_.clear();
  return rows;
}

std::vector<Row> Measurement::MeasureAgain(const std::vector<Row>& rows) {
  const bool all_times =
      std::all_of(rows.begin(), rows.end(), [](const Row& row) {
        return row.status == Status::kOk && row.iterations > 0;
      });
  if (!benchmark_.may_rerun || !ending_.empty() || !all_times) return {};
  onlooker_.on_trial(key());
  state_.pools.Release();
  std::vector<Row> again;
  try {
    for (const Row& old : rows) {
      TrialResult result =
          benchmark_.trial(key(), old.iterations, context_, state_);
      if (!result.ending.empty()) {
        SayOfRerun(result.ending);
        return {};
      }
      Row& row = result.row;
      row.repetition = old.repetition;
      row.attempt = old.attempt + 1;
      again.push_back(std::move(row));
    }
    return again;
  } catch (const PoolInterrupted&) {
    // Nothing to say.
  } catch (const std::exception& error) {
    // A signal to the whole process group ends workers before bench notes it.
    if (!Interrupted()) {
      ++failed_reruns_;
      SayOfRerun(error.what());
    }
  }
  state_.pools.Drop();
  return {};
}

void Measurement::SayOfRerun(const std::string& cause) const {
  PrintError(fmt::format(
      "bench: --rerun_noisy: {}: {}; what was measured before counts\n",
      KeyText(key(), KeyStyle::kShort), cause));
}

}  // namespace hybrid
