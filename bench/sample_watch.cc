#include "sample_watch.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>

namespace hybrid {
namespace {

/// Adds `more` to `sum`, which stays empty if either is.
template <typename T>
void AddTo(std::optional<T>& sum, const std::optional<T>& more) {
  if (sum && more) {
    *sum += *more;
  } else {
    sum.reset();
  }
}

template <typename T>
std::optional<T> Times(const std::optional<T>& value, double factor) {
  if (!value) return std::nullopt;
  return *value * factor;
}

}  // namespace

SampleWatch::SampleWatch(WorkerPool& pool, const SystemCounterReader& system)
    : pool_(pool), system_(system) {
  pool_.TakeLatencies();
  before_ = Read();
}

SampleWatch::Reading SampleWatch::Read() const {
  Reading reading;
  for (const pid_t pid : pool_.pids()) {
    reading.workers.push_back(ReadProcessCounters(pid));
  }
  reading.own = ReadProcessCounters(getpid());
  reading.system = system_.Read();
  return reading;
}

void SampleWatch::Fill(double sampled_s, Row& row) {
  const Reading after = Read();
  const LatencyHistogram latencies = pool_.TakeLatencies();
  row.task_p50_s = latencies.Quantile_s(0.5);
  row.task_p99_s = latencies.Quantile_s(0.99);
  if (latencies.count() > 0) {
    row.task_max_s = static_cast<double>(latencies.max_ns()) / 1e9;
  }

  const double share = sampled_s > 0 ? row.wall_s.value_or(0) / sampled_s : 0;
  ProcessCounters sum;
  sum.run_delay_s = 0;
  sum.voluntary_switches = 0;
  sum.involuntary_switches = 0;
  sum.migrations = 0;
  std::optional<double> worst_delay_s = 0;
  bool complete = true;
  for (std::size_t i = 0; i < after.workers.size(); ++i) {
    if (!before_.workers[i] || !after.workers[i]) {
      complete = false;
      continue;
    }
    const ProcessCounters spent = *after.workers[i] - *before_.workers[i];
    sum.cpu_s += spent.cpu_s;
    sum.minor_faults += spent.minor_faults;
    sum.major_faults += spent.major_faults;
    AddTo(sum.run_delay_s, spent.run_delay_s);
    AddTo(sum.voluntary_switches, spent.voluntary_switches);
    AddTo(sum.involuntary_switches, spent.involuntary_switches);
    AddTo(sum.migrations, spent.migrations);
    if (worst_delay_s && spent.run_delay_s) {
      worst_delay_s = std::max(*worst_delay_s, *spent.run_delay_s);
    } else {
      worst_delay_s.reset();
    }
  }
  const SystemCounters system = after.system - before_.system;
  row.steal_s = system.steal_s * share;
  row.cpu_pressure_s = Times(system.cpu_pressure_s, share);
  row.throttled_s = Times(system.throttled_s, share);
  if (!complete) return;
  row.cpu_s = sum.cpu_s * share;
  row.run_delay_s = Times(sum.run_delay_s, share);
  row.worst_run_delay_s = Times(worst_delay_s, share);
  row.voluntary_switches = sum.voluntary_switches;
  row.involuntary_switches = sum.involuntary_switches;
  row.migrations = sum.migrations;
  row.minor_faults = sum.minor_faults;
  row.major_faults = sum.major_faults;
  if (before_.own && after.own) {
    const double ours_s = sum.cpu_s + (*after.own - *before_.own).cpu_s;
    row.foreign_cpu_s = std::max(0.0, system.busy_s - ours_s) * share;
  }
}

}  // namespace hybrid
