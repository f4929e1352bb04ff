#include "measure/sample_watch.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace hybrid {
namespace {

/// A sum and a maximum that are not known if one part is not.
template <typename T>
class Parts {
 public:
  void Add(const std::optional<T>& part) {
    known_ = known_ && part.has_value();
    if (!part) return;
    sum_ += *part;
    most_ = std::max(most_, *part);
  }
  std::optional<T> sum() const { return Known(sum_); }
  std::optional<T> most() const { return Known(most_); }

 private:
  std::optional<T> Known(T value) const {
    return known_ ? std::optional<T>(value) : std::nullopt;
  }
  T sum_{};
  T most_{};
  bool known_ = true;
};

template <typename T>
std::optional<T> Scaled(const std::optional<T>& value, double factor) {
  if (!value) return std::nullopt;
  return *value * factor;
}

}  // namespace

SampleWatch::SampleWatch(WorkerGroup& pool) : pool_(pool) {
  pool_.TakeLatencies();
  before_ = pool_.Counters();
}

void SampleWatch::Fill(double sampled_s, Row& row) {
  const GroupCounters after = pool_.Counters();
  const LatencyHistogram latencies = pool_.TakeLatencies();
  row.task_p50_s = latencies.Quantile_s(0.5);
  row.task_p99_s = latencies.Quantile_s(0.99);
  if (latencies.count() > 0) {
    row.task_max_s = static_cast<double>(latencies.max_ns()) / 1e9;
  }

  const double share = sampled_s > 0 ? row.wall_s.value_or(0) / sampled_s : 0;
  Parts<double> cpu_s;
  Parts<double> run_delay_s;
  Parts<std::uint64_t> voluntary;
  Parts<std::uint64_t> involuntary;
  Parts<std::uint64_t> migrations;
  Parts<std::uint64_t> minor_faults;
  Parts<std::uint64_t> major_faults;
  for (std::size_t i = 0; i < after.workers.size(); ++i) {
    // A worker that is gone leaves no figure of it.
    const bool is_known = before_.workers[i] && after.workers[i];
    const auto known = [is_known](auto value) {
      return is_known ? std::optional(value) : std::nullopt;
    };
    const ProcessCounters spent =
        is_known ? *after.workers[i] - *before_.workers[i] : ProcessCounters{};
    cpu_s.Add(known(spent.cpu_s));
    run_delay_s.Add(spent.run_delay_s);
    voluntary.Add(spent.voluntary_switches);
    involuntary.Add(spent.involuntary_switches);
    migrations.Add(spent.migrations);
    minor_faults.Add(known(spent.minor_faults));
    major_faults.Add(known(spent.major_faults));
  }
  row.cpu_s = Scaled(cpu_s.sum(), share);
  row.run_delay_s = Scaled(run_delay_s.sum(), share);
  // Of threads in one process only what all waited together is known.
  row.worst_run_delay_s.reset();
  if (after.workers.size() == row.split().all_workers()) {
    row.worst_run_delay_s = Scaled(run_delay_s.most(), share);
  }
  row.voluntary_switches = voluntary.sum();
  row.involuntary_switches = involuntary.sum();
  row.migrations = migrations.sum();
  row.minor_faults = minor_faults.sum();
  row.major_faults = major_faults.sum();
  const SystemCounters system = after.system - before_.system;
  row.steal_s = Scaled(system.steal_s, share);
  row.cpu_pressure_s = Scaled(system.cpu_pressure_s, share);
  row.throttled_s = Scaled(system.throttled_s, share);
  if (system.busy_s && cpu_s.sum() && before_.own && after.own) {
    const double ours_s = *cpu_s.sum() + (*after.own - *before_.own).cpu_s;
    row.foreign_cpu_s = std::max(0.0, *system.busy_s - ours_s) * share;
  }
}

}  // namespace hybrid
