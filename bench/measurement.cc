#include "measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <utility>

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

Measurement::Measurement(Benchmark benchmark, const RunContext& context,
                         RunState& state, Onlooker onlooker)
    : benchmark_(std::move(benchmark)),
      context_(context),
      state_(state),
      onlooker_(std::move(onlooker)) {}

void Measurement::Run(benchmark::State& state) {
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
  last_counters_ = CountersOf(result.rows.front());
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
  const Row& row = result.rows.front();
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
    for (Row& row : result.rows) row.attempt = benchmark_.attempt;
    ending_ = result.ending;
    calls_.back() = result.rows;
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
      Row& row = result.rows.front();
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
