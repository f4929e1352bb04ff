#include "measure/sample.h"

#include <algorithm>
#include <array>

#include "operation/operation.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// A figure of a host, and the column that it fills.
struct HostFigure {
  double HostTiming::*timed;
  std::optional<double> Row::*column;
};
constexpr std::array kHostFigures{
    HostFigure{&HostTiming::gate_s, &Row::gate_s},
    HostFigure{&HostTiming::report_s, &Row::report_s},
    HostFigure{&HostTiming::clock_bound_s, &Row::clock_bound_s},
    HostFigure{&HostTiming::starved_s, &Row::starved_s},
    HostFigure{&HostTiming::ranges, &Row::ranges},
    HostFigure{&HostTiming::agent_cpu_s, &Row::agent_cpu_s}};

}  // namespace

void Sample::Add(const BatchTiming& timing) {
  ++batches_;
  tasks_ += timing.tasks_done;
  wall_s_ += timing.wall_s;
  workers_.resize(timing.workers.size());
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    workers_[i].load_s += timing.workers[i].load_s;
    workers_[i].operate_s += timing.workers[i].operate_s;
    workers_[i].tasks += timing.workers[i].tasks;
  }
  if (!timing.slowest_host) return;
  ++hosts_told_;
  for (const HostFigure& figure : kHostFigures) {
    hosts_.*figure.timed += (*timing.slowest_host).*figure.timed;
  }
}

void Sample::Fill(const Key& key, Row& row) const {
  if (batches_ == 0) return;
  const auto batches = static_cast<double>(batches_);
  const auto tasks = static_cast<double>(tasks_);
  const double worker_batches = batches * static_cast<double>(workers_.size());
  double load_s = 0;
  double operate_s = 0;
  for (const WorkerTiming& worker : workers_) {
    load_s += worker.load_s;
    operate_s += worker.operate_s;
  }
  row.iterations = batches_;
  row.wall_s = wall_s_ / batches;
  if (!workers_.empty()) {
    row.load_s = load_s / worker_batches;
    row.operate_s = operate_s / worker_batches;
    row.idle_s = *row.wall_s - *row.load_s - *row.operate_s;
  }
  row.tasks_done = tasks_ / batches_;
  row.tasks_per_s = tasks / wall_s_;
  const Operation& operation = OperationNamed(key.operation);
  if (!operation.runs_program) {
    row.gflops = tasks * operation.flops(ShapeOf(key)) / wall_s_ / 1e9;
  }
  row.imbalance = Imbalance();
  FillHost(row);
}

void Sample::FillHost(Row& row) const {
  if (hosts_told_ == 0) return;
  for (const HostFigure& figure : kHostFigures) {
    row.*figure.column =
        hosts_.*figure.timed / static_cast<double>(hosts_told_);
  }
}

std::optional<double> Sample::Imbalance() const {
  std::vector<double> busy_s;
  for (const WorkerTiming& worker : workers_) {
    busy_s.push_back(worker.load_s + worker.operate_s);
  }
  const double median_s = Median(busy_s).value_or(0);
  // Most workers had no task at all: no ratio can say that.
  if (median_s <= 0) return std::nullopt;
  return *std::max_element(busy_s.begin(), busy_s.end()) / median_s;
}

}  // namespace hybrid
