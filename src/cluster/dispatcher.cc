#include "cluster/dispatcher.h"

#include <algorithm>
#include <cmath>

namespace hybrid {
namespace {

/// How many tasks of each worker a host is trusted to be like the others: the
/// first rates of a batch are of few tasks, and of unfinished ones nobody
/// knows.
constexpr double kPriorTasks = 2;
/// What rates of a batch weigh after one more.
constexpr double kMemory = 0.5;

/// How many tasks of each worker are kept for those that need them.
constexpr double kReserve = 0.5;

}  // namespace

Dispatcher::Dispatcher(std::uint64_t tasks,
                       const std::vector<std::uint64_t>& workers_per_host)
    : tasks_(tasks), next_(tasks) {
  hosts_.reserve(workers_per_host.size());
  for (const std::uint64_t workers : workers_per_host) {
    hosts_.push_back({.workers = std::max<std::uint64_t>(1, workers)});
    reserve_ += kReserve * static_cast<double>(hosts_.back().workers);
  }
}

void Dispatcher::Begin() {
  next_ = 0;
  ranges_ = 0;
  all_ = {};
  for (Host& host : hosts_) {
    const auto workers = static_cast<double>(host.workers);
    host.earlier.tasks =
        kMemory * (host.earlier.tasks + static_cast<double>(host.now.done));
    host.earlier.worker_s =
        kMemory * (host.earlier.worker_s + workers * host.now.busy_s);
    host.now = {};
    host.given = 0;
    all_.tasks += host.earlier.tasks;
    all_.worker_s += host.earlier.worker_s;
  }
  weights_ = 0;
  for (Host& host : hosts_) {
    host.weight = WeightOf(host);
    weights_ += host.weight;
  }
  without_first_ = weights_;
}

/// Workers, times how fast they are compared to all hosts' workers.
double Dispatcher::WeightOf(const Host& host) const {
  const auto workers = static_cast<double>(host.workers);
  if (all_.tasks == 0 || all_.worker_s == 0) return workers;
  const double done = host.earlier.tasks + static_cast<double>(host.now.done);
  const double average = all_.tasks / all_.worker_s *
                         (host.earlier.worker_s + workers * host.now.busy_s);
  const double prior = kPriorTasks * workers;
  return workers * (done + prior) / (average + prior);
}

TaskRange Dispatcher::First(std::size_t host) {
  Host& its = hosts_[host];
  // As if those that come after it shared the rest.
  const double fair = std::round(static_cast<double>(tasks_ - next_) *
                                 std::min(1.0, its.weight / without_first_));
  without_first_ -= its.weight;
  return Take(its, std::max(GuidedTasks(its, tasks_),
                            std::min(static_cast<double>(its.workers), fair)));
}

TaskRange Dispatcher::Next(std::size_t host, const HostProgress& progress,
                           std::uint64_t need) {
  Finish(host, progress);
  Host& its = hosts_[host];
  const std::uint64_t left = tasks_ - next_;
  // A host whose answers were late once may ask for too much.
  const double most = std::max(static_cast<double>(its.workers),
                               ShareOf(its, static_cast<double>(left)));
  return Take(its, std::max({GuidedTasks(its, left), 1.0,
                             std::min(static_cast<double>(need), most)}));
}

double Dispatcher::ShareOf(const Host& host, double tasks) const {
  return tasks * host.weight / weights_;
}

/// Half of the host's share of what is left beyond the reserve: less than 0
/// where nothing is.
double Dispatcher::GuidedTasks(const Host& host, std::uint64_t left) const {
  return ShareOf(host, static_cast<double>(left) - reserve_) / 2;
}

void Dispatcher::Finish(std::size_t host, const HostProgress& progress) {
  Host& its = hosts_[host];
  const bool is_possible =
      progress.done >= its.now.done && progress.done <= its.given &&
      progress.busy_s >= its.now.busy_s && std::isfinite(progress.busy_s);
  if (!is_possible) return;
  all_.tasks += static_cast<double>(progress.done - its.now.done);
  all_.worker_s +=
      static_cast<double>(its.workers) * (progress.busy_s - its.now.busy_s);
  its.now = progress;
  const double weight = WeightOf(its);
  weights_ += weight - its.weight;
  its.weight = weight;
}

TaskRange Dispatcher::Take(Host& host, double count) {
  const std::uint64_t left = tasks_ - next_;
  TaskRange range{.first = next_, .count = left};
  if (count < static_cast<double>(left)) {
    range.count = static_cast<std::uint64_t>(count);
  }
  next_ += range.count;
  host.given += range.count;
  ranges_ += range.count > 0 ? 1 : 0;
  return range;
}

}  // namespace hybrid
