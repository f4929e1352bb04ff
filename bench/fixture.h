#ifndef HYBRID_BENCH_FIXTURE_H_
#define HYBRID_BENCH_FIXTURE_H_

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "key/key.h"
#include "measure/session.h"
#include "pool/worker_group.h"
#include "results/row.h"

namespace hybrid {

/// One configuration under measurement. Google Benchmark calls Run for every
/// estimation pass and every repetition; each call that measures leaves a row.
class Fixture {
 public:
  Fixture(Key key, Session& session);
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;
  virtual ~Fixture() = default;

  /// The benchmark's body. No exception leaves it.
  void Run(benchmark::State& state);

  /// The rows of the last `repetitions` calls, numbered: these are the ones
  /// that Google Benchmark reports, the earlier ones were its estimation
  /// passes. Calls that were skipped after a failure have no row.
  std::vector<Row> TakeRows(std::size_t repetitions);

  /// Measures it all once more, apart from Google Benchmark and with new
  /// workers: as many repetitions of as many batches as `rows` have. Empty for
  /// a fixture that can't, or where a signal or a failure ended it, which then
  /// is no reason to lose the rows there are.
  virtual std::vector<Row> MeasureAgain(const std::vector<Row>& rows);

  const std::string& name() const { return name_; }
  const Key& key() const { return key_; }
  /// The number that its rows get; from 1 on, the file has some already.
  void set_attempt(std::uint64_t attempt) { attempt_ = attempt; }

  /// Why it ended early: an error or the cap; empty if it did not.
  const std::string& ending() const { return ending_; }
  /// A signal came before it was through: it has no result.
  bool interrupted() const { return interrupted_; }

 protected:
  /// Measures what `state` asks for into `row`, whose status is `ok` at first.
  /// Throws for a failure.
  virtual void Measure(benchmark::State& state, Row& row) = 0;

  /// The measuring loop: calls `batch` until Google Benchmark has enough, or
  /// `batch` returns false.
  template <typename Batch>
  void Loop(benchmark::State& state, Batch&& batch) {
    loop_began_ = true;
    for ([[maybe_unused]] const auto unused : state) {
      if (!batch()) break;
    }
  }

  /// A further row of this call, for a fixture that measures several things at
  /// once.
  void AddCompanion(Row row) { companions_.push_back(std::move(row)); }

  /// A row with all keys of this configuration, its kernels' included, and no
  /// measurement.
  Row NewRow() const;

  /// Ends this call as capped; leave the measuring loop after it.
  void EndCapped(benchmark::State& state, Row& row, double cap_s);

  /// Copies what the pool's workers run with.
  static void NoteStart(const PoolStart& start, Row& row);

  Session& session() const { return session_; }

 private:
  void Interrupt(benchmark::State& state);
  void Skip(benchmark::State& state);
  void Fail(benchmark::State& state, Row row, const char* cause);

  std::string name_;
  Key key_;
  Session& session_;
  std::vector<std::vector<Row>> calls_;
  std::vector<Row> companions_;
  std::string ending_;
  std::uint64_t attempt_ = 0;
  bool interrupted_ = false;
  bool loop_began_ = false;  // in this call
};

/// The counters that every benchmark with a result has.
std::vector<std::string> CounterNames();

/// Registers `fixture` with Google Benchmark, which takes the time that its
/// Run gives. `repetitions` 0 leaves their number to the flag.
void Register(Fixture& fixture, int repetitions = 0);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FIXTURE_H_
