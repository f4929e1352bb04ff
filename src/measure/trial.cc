// Read this first. It is what hybridbench is about: the loop that measures
// batches of tasks spread over worker processes.

#include "measure/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "analysis/format_units.h"
#include "base/standard_streams.h"
#include "key/key_text.h"
#include "measure/new_row.h"
#include "measure/pause.h"
#include "measure/program_facts.h"
#include "measure/sample.h"
#include "measure/sample_watch.h"
#include "operation/operation.h"
#include "results/warnings_text.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// Beyond the noise of both figures.
constexpr double kPassesPeak = 1.03;

/// How fast the cores run while the workers sleep; nothing without ceilings.
std::optional<double> MeasureSpeed(const Key& key, RunState& state) {
  if (!state.speed) return std::nullopt;
  std::this_thread::sleep_for(key.blas_threads > 1 ? kThreadsFallAsleep
                                                   : kWorkersFallAsleep);
  return state.speed->Measure();
}

/// What cores can do in one precision.
struct Peaks {
  double core_gflops;
  double gflops;
};

/// The peaks for `row`, as high as they are known by now; nothing where its
/// precision's were not measured.
std::optional<Peaks> PeaksOf(const Row& row, const Ceilings& ceilings,
                             const RunState& state) {
  const double raised =
      state.speed ? state.speed->peak_gflops() / ceilings.peak_gflops : 1;
  if (row.precision == Precision::kDouble) {
    return Peaks{ceilings.core_peak_gflops, ceilings.peak_gflops * raised};
  }
  if (!ceilings.single) return std::nullopt;
  return Peaks{ceilings.single->core_gflops, ceilings.single->gflops * raised};
}

/// A peak that the row itself passes is refuted, from then on for all rows of
/// its precision: it was measured beside something else, and so were the shares
/// of it.
void NotePeak(const Ceilings& ceilings, RunState& state, Row& row) {
  // Nobody knows a program's flops, nor the precision of its numbers.
  if (row.runs_command()) return;
  const std::optional<Peaks> peaks = PeaksOf(row, ceilings, state);
  if (!peaks) return;
  bool& is_refuted =
      state.peak_is_refuted[static_cast<std::size_t>(row.precision)];
  // A rate by a nominal count proves nothing and is no share of anything.
  const bool nominal = IsNominal(row.operation);
  // The peak is one host's.
  const double fraction = row.gflops.value_or(0) /
                          (peaks->gflops * static_cast<double>(row.host_count));
  if (!nominal && fraction > kPassesPeak && !std::exchange(is_refuted, true)) {
    PrintError(fmt::format(
        "bench: {}: {} GFLOP/s are more than the measured peak of {}{}: from "
        "here on rows{} name no peak\n",
        KeyText(row, KeyStyle::kShort), FormatNumber(*row.gflops),
        row.host_count > 1 ? fmt::format("{} times ", row.host_count)
                           : std::string(),
        FormatNumber(peaks->gflops),
        ceilings.single ? " of this precision" : ""));
  }
  if (is_refuted) {
    row.speed_fraction.reset();
    return;
  }
  row.core_peak_gflops = peaks->core_gflops;
  row.peak_gflops = peaks->gflops;
  if (!nominal) row.peak_fraction = fraction;
}

void NoteCeilings(const RunContext& context, RunState& state, Row& row) {
  if (context.ceilings) {
    const Ceilings& ceilings = *context.ceilings;
    row.core_triad_bytes_per_s = ceilings.core_triad_bytes_per_s;
    row.triad_bytes_per_s = ceilings.triad_bytes_per_s;
    NotePeak(ceilings, state, row);
  }
  const std::uint64_t cache_bytes = context.site.machine.topology.cache_bytes;
  if (cache_bytes > 0) row.cache_bytes = cache_bytes;
}

/// What the system tells of all processes is of the one that took turns, too;
/// and what disturbs one of them disturbs both.
void ForgetOthers(Row& row) {
  row.foreign_cpu_s.reset();
  row.steal_s.reset();
  row.cpu_pressure_s.reset();
  row.throttled_s.reset();
}

/// Runs batches up to `goal`, or up to the first that is capped, and fills
/// `row` and the result's times with what they tell. False where a pause in one
/// of them makes all of it worthless.
bool RunBatches(WorkerGroup& pool, double cap_s, const BatchGoal& goal,
                const RunContext& context, RunState& state, Row& row,
                TrialResult& result) {
  std::optional<SampleWatch> watch(std::in_place, pool);
  bool is_warm = !goal.warms_up;
  Sample sample;
  double all_batches_s = 0;
  row.status = Status::kOk;
  result.iterations_s.clear();
  do {
    state.turns.Begin();
    const BatchTiming timing = pool.RunBatch(cap_s);
    state.turns.End(row.blas_threads > 1);
    const std::string pause =
        PauseText(timing, row, context.site.machine.usable_cores);
    if (!pause.empty() && state.pauses.Spend(row, pause, timing.wall_s)) {
      return false;
    }
    if (!std::exchange(is_warm, true) && !timing.capped &&
        timing.wall_s < kWarmUpBelowS) {
      watch.emplace(pool);
      continue;
    }
    all_batches_s += timing.wall_s;
    result.iterations_s.push_back(timing.wall_s);
    if (timing.capped) {
      row.status = Status::kCapped;
      sample = Sample();
    }
    sample.Add(timing);
  } while (row.status == Status::kOk &&
           (result.iterations_s.size() < goal.iterations ||
            all_batches_s < goal.seconds));
  state.turns.Finish();
  sample.Fill(row, row);
  if (row.status == Status::kOk) {
    row.batch_median_s = Median(result.iterations_s);
    row.batch_min_s = *std::min_element(result.iterations_s.begin(),
                                        result.iterations_s.end());
  }
  const std::optional<double> flops = pool.start().program_flops;
  if (flops && row.tasks_per_s) row.gflops = *flops * *row.tasks_per_s / 1e9;
  watch->Fill(all_batches_s, row);
  if (state.turns.taken()) ForgetOthers(row);
  return true;
}

void NoteThreads(WorkerGroup& pool, Row& row) {
  if (ComputesNothing(row.operation)) return;
  const std::optional<ThreadsSeen> seen = pool.ProveThreads();
  if (!seen) return;
  row.threads_seen = seen->threads;
  row.cpu_share = seen->cpu_share;
}

/// Says once, and in the row, that a program did not take the BLAS that it was
/// to find.
void NoteOtherBlas(const WorkerGroup& pool, RunState& state, Row& row) {
  const std::string& library = pool.start().library_asked;
  if (library.empty()) return;
  std::string text =
      OtherBlasText(row.blas, library.substr(0, library.rfind('/')),
                    pool.program().libraries);
  if (text.empty()) return;
  if (state.said.insert(text).second) {
    PrintError(fmt::format("bench: warning: {}\n", text));
  }
  std::vector<std::string> warnings = SplitWarnings(row.warnings);
  warnings.push_back(std::move(text));
  row.warnings = JoinWarnings(warnings);
}

/// What a command's workers tell when their threads are counted.
void NoteProgram(const WorkerGroup& pool, RunState& state, Row& row) {
  if (!row.runs_command()) return;
  FillProgramFacts(pool.program(), row);
  NoteOtherBlas(pool, state, row);
  state.memory.Note(row);
}

/// Who checked the results of `row`; `checked`: somebody did. Empty where there
/// may be none.
std::string_view VerifiedBy(const Row& row, bool checked) {
  if (ComputesNothing(row.operation)) return {};
  if (checked) {
    return row.runs_command() ? kVerifiedByProgram : kVerifiedByBench;
  }
  return row.status == Status::kCapped ? std::string_view() : kVerifiedByNobody;
}

/// Whether the row will be kept: what completes and is short, and was told its
/// iterations alone, is an estimation pass of Google Benchmark's, which has
/// tenfold iterations in the next one.
bool IsRepetition(const Row& row, const BatchGoal& goal,
                  const RunState& state) {
  constexpr double kShort = 0.25;
  if (row.status == Status::kOk && goal.seconds > 0) return true;
  return row.status == Status::kOk &&
         row.wall_s.value_or(0) * static_cast<double>(row.iterations) >=
             kShort * state.repetition_s;
}

}  // namespace

TrialResult BatchTrial(const Key& key, std::uint64_t iterations,
                       const RunContext& context, RunState& state) {
  return BatchTrialOn(state.pools.Acquire(key), state.caps.CapFor(key), key,
                      {.iterations = iterations}, context, state);
}

TrialResult LaunchTrial(const Key& key, double cap_s, const BatchGoal& goal,
                        const RunContext& context, RunState& state) {
  state.pools.Release();
  TrialResult result =
      BatchTrialOn(state.pools.Acquire(key), cap_s, key, goal, context, state);
  state.pools.Release();
  return result;
}

TrialResult BatchTrialOn(WorkerGroup& pool, double cap_s, const Key& key,
                         const BatchGoal& goal, const RunContext& context,
                         RunState& state) {
  Row row = NewRowOf(pool.start(), key, context);
  row.cap_s = cap_s;
  const std::optional<double> speed_before = MeasureSpeed(key, state);
  TrialResult result;
  bool undisturbed = false;
  while (!undisturbed) {
    undisturbed = RunBatches(pool, cap_s, goal, context, state, row, result);
  }
  row.verified_by = VerifiedBy(row, pool.Verify());
  const std::optional<double> speed_after = MeasureSpeed(key, state);
  if (speed_before && speed_after) {
    row.speed_fraction = (*speed_before + *speed_after) / 2;
  }
  NoteCeilings(context, state, row);
  if (goal.proves_threads && IsRepetition(row, goal, state)) {
    NoteThreads(pool, row);
    NoteProgram(pool, state, row);
  }
  if (row.status == Status::kCapped) {
    result.iterations_s.clear();
    result.ending = CapEnding(row, cap_s);
  } else {
    state.caps.Note(key, *std::min_element(result.iterations_s.begin(),
                                           result.iterations_s.end()));
  }
  result.row = std::move(row);
  return result;
}

std::string CapEnding(const Row& row, double cap_s) {
  return fmt::format("capped: {} of {} tasks in {}, {} tasks/s (cap {})",
                     row.tasks_done.value_or(0), row.batch,
                     FormatSeconds(row.wall_s.value_or(0)),
                     FormatNumber(row.tasks_per_s.value_or(0)),
                     FormatSeconds(cap_s));
}

Row NewRowOf(const PoolStart& start, const Key& key,
             const RunContext& context) {
  Row row = NewRow(key, context);
  row.start_s = start.start_s;
  row.kernels = start.kernels;
  row.blas_version = start.blas_version;
  row.blas_threading = start.blas_threading;
  row.blas_file = start.blas_file;
  row.batched_call = start.batched_call;
  return row;
}

}  // namespace hybrid
