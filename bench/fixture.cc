#include "fixture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "analysis/format_units.h"
#include "key/key_text.h"
#include "measure/interrupt.h"

namespace hybrid {
namespace {

/// Every column that may be empty is a measurement, and a counter. Every
/// benchmark has all of them, or Google Benchmark's own reporters can't make a
/// table; one that has no such figure shows 0.
template <typename Visitor>
void ForEachMeasurement(const Row& row, Visitor&& visit) {
  ForEachColumn(row, [&](const char* name, const auto& value) {
    using Value = std::decay_t<decltype(value)>;
    if constexpr (std::is_same_v<Value, std::optional<double>> ||
                  std::is_same_v<Value, std::optional<std::uint64_t>>) {
      visit(name,
            static_cast<double>(value.value_or(typename Value::value_type{})));
    }
  });
}

void SetCounters(const Row& row, benchmark::State& state) {
  ForEachMeasurement(row, [&state](const char* name, double value) {
    state.counters[name] = value;
  });
  state.counters["oversubscribed"] = row.oversubscribed ? 1 : 0;
  state.counters["usable_cores"] = static_cast<double>(row.usable_cores);
}

}  // namespace

std::vector<std::string> CounterNames() {
  std::vector<std::string> names;
  ForEachMeasurement(
      Row(), [&names](const char* name, double) { names.emplace_back(name); });
  names.insert(names.end(), {"oversubscribed", "usable_cores"});
  return names;
}

Fixture::Fixture(Key key, Session& session)
    : name_(KeyText(key, KeyStyle::kBenchmark)),
      key_(std::move(key)),
      session_(session) {}

void Fixture::Run(benchmark::State& state) {
  calls_.emplace_back();
  loop_began_ = false;
  if (InterruptSignal() != 0 && ending_.empty()) return Interrupt(state);
  // Google Benchmark 1.7.1 crashes on a repetition that succeeds after a first
  // one that failed.
  if (!ending_.empty()) return Skip(state);
  session_.on_run(key_);
  Row row = NewRow();
  row.status = Status::kOk;
  companions_.clear();
  try {
    Measure(state, row);
  } catch (const PoolInterrupted&) {
    session_.pools.Drop();
    Interrupt(state);
    return;
  } catch (const std::exception& error) {
    session_.pools.Drop();
    // A signal to the whole process group ends workers before bench notes it.
    if (InterruptSignal() != 0) return Interrupt(state);
    Fail(state, NewRow(), error.what());
    return;
  }
  if (row.status == Status::kOk) SetCounters(row, state);
  calls_.back() = std::exchange(companions_, {});
  calls_.back().insert(calls_.back().begin(), std::move(row));
}

Row Fixture::NewRow() const {
  Row row = KeyRow(key_, session_.machine, session_.info);
  row.attempt = attempt_;
  const KernelsTable& table = session_.pools.kernels();
  const KernelsChoice choice = table.For(key_);
  row.blis_arch_type = choice.kernels.arch_type;
  row.kernels_gain = choice.gain;
  if (table.catalog()) row.library_kernels = table.catalog()->library;
  return row;
}

std::vector<Row> Fixture::MeasureAgain(const std::vector<Row>& /*rows*/) {
  return {};
}

void Fixture::Interrupt(benchmark::State& state) {
  interrupted_ = true;
  ending_ = "interrupted";
  Skip(state);
}

/// Its statistics abort when one repetition has fewer iterations than another,
/// and one that ended before its loop has none.
void Fixture::Skip(benchmark::State& state) {
  state.SkipWithError(ending_.c_str());
  if (!loop_began_) {
    Loop(state, [] { return false; });
  }
}

void Fixture::Fail(benchmark::State& state, Row row, const char* cause) {
  ending_ = cause;
  row.status = Status::kError;
  row.error = ending_;
  calls_.back() = {std::move(row)};
  Skip(state);
}

void Fixture::EndCapped(benchmark::State& state, Row& row, double cap_s) {
  row.status = Status::kCapped;
  ending_ = fmt::format(
      "capped: {} of {} tasks in {}, {} tasks/s (cap {})",
      row.tasks_done.value_or(0), key_.batch, FormatSeconds(*row.wall_s),
      FormatNumber(row.tasks_per_s.value_or(0)), FormatSeconds(cap_s));
  Skip(state);
}

void Fixture::NoteStart(const PoolStart& start, Row& row) {
  row.start_s = start.start_s;
  row.kernels = start.kernels;
  row.blis_version = start.blis_version;
  row.blis_threading = start.blis_threading;
}

std::vector<Row> Fixture::TakeRows(std::size_t repetitions) {
  std::vector<Row> rows;
  const std::size_t first =
      calls_.size() - std::min(repetitions, calls_.size());
  for (std::size_t i = first; i < calls_.size(); ++i) {
    for (Row& row : calls_[i]) {
      row.repetition = i - first;
      rows.push_back(std::move(row));
    }
  }
  calls_.clear();
  return rows;
}

void Register(Fixture& fixture, int repetitions) {
  auto* registered = benchmark::RegisterBenchmark(
      fixture.name().c_str(),
      [&fixture](benchmark::State& state) { fixture.Run(state); });
  registered->UseManualTime();
  if (repetitions > 0) registered->Repetitions(repetitions);
}

}  // namespace hybrid
