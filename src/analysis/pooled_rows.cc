#include "analysis/pooled_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/disturbance.h"
#include "analysis/noisy.h"
#include "base/text.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

using Rows = std::vector<const Row*>;

std::optional<double> GflopsOf(const Row& row) {
  if (!row.gflops) return std::nullopt;
  return *row.gflops * ByItsBatch(row);
}

/// Tasks per second, derived if the column is empty.
std::optional<double> RateOf(const Row& row) {
  if (IsPositive(row.tasks_per_s)) return *row.tasks_per_s * ByItsBatch(row);
  if (!HasTime(row)) return std::nullopt;
  const bool completed = row.status == Status::kOk;
  const double rate =
      static_cast<double>(completed ? row.batch : row.tasks_done.value_or(0)) /
      *row.wall_s;
  return IsPositive(rate) ? std::optional(rate) : std::nullopt;
}

/// GFLOP/s that all cores reached beside the repetition.
std::optional<double> CoreSpeedOf(const Row& row) {
  if (!row.speed_fraction || !row.peak_gflops) return std::nullopt;
  return *row.speed_fraction * *row.peak_gflops;
}

/// What `value`, a column or a function of a row, gives for the rows that have
/// it.
template <typename Value>
std::vector<double> PositiveValues(const Rows& rows, Value value) {
  std::vector<double> values;
  for (const Row* const row : rows) {
    const std::optional<double> one = std::invoke(value, *row);
    if (IsPositive(one)) values.push_back(*one);
  }
  return values;
}

/// What disturbed `rows` together, or one of them, if anything did.
std::string DisturbanceOf(const Rows& rows) {
  const auto text_of = [](std::span<const Row* const> some) {
    const Disturbance disturbance = FindDisturbance(some);
    return disturbance.any() ? DisturbanceTexts(disturbance).front() : "";
  };
  std::string text = text_of(rows);
  for (const Row* const row : rows) {
    if (text.empty()) text = text_of(std::array{row});
  }
  return text;
}

/// Adds `value` to `list`, "zen3, haswell", unless it is empty or there.
void AddOnce(const std::string& value, std::string& list) {
  if (value.empty() || value == list) return;
  std::string_view rest = list;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(", "), rest.size());
    if (rest.substr(0, end) == value) return;
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  list += (list.empty() ? "" : ", ") + value;
}

/// What of BLIS is the same whether a repetition counts or not.
void PoolKernels(std::span<const Row* const> rows, PooledRows& pooled) {
  std::vector<double> gains;
  for (const Row* const row : rows) {
    pooled.oversubscribed |= row->oversubscribed;
    AddOnce(row->kernels, pooled.kernels);
    KeepFirst(row->blas, pooled.blas);
    KeepFirst(row->blas_file, pooled.blas_file);
    KeepFirst(row->batched_call, pooled.batched_call);
    KeepFirst(row->system_blas, pooled.system_blas);
    KeepFirst(row->libraries, pooled.libraries);
    AddOnce(row->verified_by, pooled.verified_by);
    pooled.peak_memory_bytes =
        std::max(pooled.peak_memory_bytes, row->peak_memory_bytes);
    AddOnce(row->blas_threading, pooled.blas_threading);
    KeepFirst(row->cpus, pooled.cpus);
    KeepFirst(row->sharing, pooled.sharing);
    KeepFirst(row->kernels_setting, pooled.kernels_setting);
    KeepFirst(row->library_kernels, pooled.library_kernels);
    if (!pooled.bound_s) pooled.bound_s = row->bound_s;
    if (IsPositive(row->kernels_gain)) gains.push_back(*row->kernels_gain);
  }
  pooled.kernels_gain = Median(gains);
}

/// Whether every repetition had workers of its own: older rows don't say so,
/// but those on the same workers have the same start.
bool LaunchedAnew(const Rows& rows) {
  const bool are_launches =
      std::all_of(rows.begin(), rows.end(),
                  [](const Row* row) { return row->is_launch(); });
  if (are_launches) return rows.size() > 1;
  std::set<std::pair<std::string_view, double>> starts;
  for (const Row* const row : rows) {
    if (!row->start_s) return false;
    starts.emplace(row->run_id, *row->start_s);
  }
  return starts.size() > 1 && starts.size() == rows.size();
}

/// What completed, as far as it needs no verdict.
void PoolCompleted(const CountedRows& rows, PooledRows& pooled) {
  Rows completed = rows.counted;
  completed.insert(completed.end(), rows.left_out.begin(), rows.left_out.end());
  pooled.launched_anew = LaunchedAnew(completed);
  pooled.completed = completed.size();
  const std::vector<double> all = PositiveValues(completed, TimeOf);
  if (!all.empty()) {
    pooled.fastest_s = *std::min_element(all.begin(), all.end());
  }
  pooled.disturbed = rows.left_out.size() + rows.disturbed;
  pooled.disturbance = DisturbanceOf(rows.left_out);
  std::map<std::string_view, std::vector<double>> runs;
  for (const Row* const row : rows.counted) {
    runs[row->run_id].push_back(TimeOf(*row));
  }
  for (auto& [run_id, times] : runs) pooled.runs.push_back(std::move(times));
  pooled.samples = AllSamples(pooled.runs);
  pooled.core_speed = Median(PositiveValues(rows.counted, CoreSpeedOf));
}

void PoolCapped(const Rows& rows, PooledRows& pooled) {
  pooled.capped_times = PositiveValues(rows, &Row::wall_s);
  pooled.capped_s = Median(pooled.capped_times);
  pooled.rates = PositiveValues(rows, RateOf);
  for (const Row* const row : rows) {
    KeepFirst(DisturbanceOf({row}), pooled.capped_disturbance);
  }
}

/// The warnings of each run alone, since what is too wide is the spread of one
/// launch, not what differs between launches.
std::vector<std::string> RunWarnings(const Rows& rows) {
  std::map<std::string_view, Rows> runs;
  for (const Row* const row : rows) runs[row->run_id].push_back(row);
  std::vector<std::string> all;
  for (const auto& [run_id, run_rows] : runs) {
    for (std::string& warning : NoiseWarnings(run_rows)) {
      all.push_back(std::move(warning));
    }
  }
  return all;
}

/// The two levels of all `runs` together, if at least half of these show both.
std::optional<Modes> ModesOf(const Runs& runs) {
  const std::optional<Modes> modes = FindModes(AllSamples(runs));
  if (!modes) return std::nullopt;
  const auto both = std::count_if(runs.begin(), runs.end(),
                                  [&modes](const std::vector<double>& times) {
                                    return AreOnBothLevels(times, *modes);
                                  });
  return 2 * static_cast<std::size_t>(both) >= runs.size() ? modes
                                                           : std::nullopt;
}

/// The figures of a configuration that has a verdict: completed, or capped.
void AddFigures(const CountedRows& rows, PooledRows& pooled) {
  const bool capped = pooled.status == PooledStatus::kCapped;
  const Rows& decisive = capped ? rows.capped : rows.counted;
  pooled.evidence = PoolEvidence(decisive);
  pooled.tasks_per_s = Median(PositiveValues(decisive, RateOf));
  pooled.gflops = Median(PositiveValues(decisive, GflopsOf));
  Rows warned = rows.counted;
  warned.insert(warned.end(), rows.capped.begin(), rows.capped.end());
  pooled.warnings = RunWarnings(warned);
  if (!rows.left_out.empty()) {
    pooled.warnings.push_back(
        fmt::format("{} of {} repetitions left out: {}", rows.left_out.size(),
                    pooled.completed, pooled.disturbance));
  }
  if (capped || pooled.samples.empty()) return;
  pooled.median_s = Median(pooled.samples);
  pooled.spread = RelativeSpread(pooled.samples);
  const auto [low, high] =
      std::minmax_element(pooled.samples.begin(), pooled.samples.end());
  pooled.modes = ModesOf(pooled.runs);
  pooled.low_s = *low;
  pooled.high_s = *high;
}

}  // namespace

PooledRows PoolRows(std::span<const Row* const> rows) {
  const CountedRows counted = CountRows(rows);
  PooledRows pooled;
  pooled.status = counted.status;
  pooled.error = counted.error;
  PoolKernels(rows, pooled);
  PoolCompleted(counted, pooled);
  PoolCapped(counted.capped, pooled);
  if (pooled.status == PooledStatus::kOk ||
      pooled.status == PooledStatus::kCapped) {
    AddFigures(counted, pooled);
  }
  return pooled;
}

std::string NoVerdictText(const PooledRows& pooled) {
  const std::size_t left = pooled.completed - pooled.disturbed;
  const std::string count = left == 0 ? "none" : fmt::format("only {}", left);
  return fmt::format("disturbed: {} of {} undisturbed{}{}", count,
                     Counted(pooled.completed, "repetition"),
                     pooled.disturbance.empty() ? "" : ": ",
                     pooled.disturbance);
}

}  // namespace hybrid
