#ifndef HYBRID_CLUSTER_DISPATCHER_H_
#define HYBRID_CLUSTER_DISPATCHER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "protocol/task_range.h"

namespace hybrid {

/// What a host has done of the batch that runs: as of its WANT, or its DONE.
struct HostProgress {
  std::uint64_t done = 0;  ///< tasks
  double busy_s = 0;  ///< since its first claim; in DONE to the last finish
};

/// Hands out the tasks of batch after batch to hosts, in ranges: each task
/// once, in ascending order, whatever the hosts say. Guided self-scheduling
/// over hosts: a range is half of the host's share of what is left, and hosts
/// share by the rates that they showed, in this batch and in earlier ones. The
/// last half task of each worker goes to those only that need it now: a host
/// that got some ahead would keep them while other hosts' workers wait. It
/// knows no clock and sends nothing.
class Dispatcher {
 public:
  /// Hosts are called by their index; before Begin there is nothing to get.
  Dispatcher(std::uint64_t tasks,
             const std::vector<std::uint64_t>& workers_per_host);

  /// A batch of tasks 0 … tasks − 1. Of earlier batches the rates stay, the
  /// more recent the more.
  void Begin();

  /// The range that rides in the host's GATE, once per host and batch: a task
  /// for each worker, where there are as many. Empty if there are not enough
  /// for every host.
  TaskRange First(std::size_t host);

  /// The answer to the host's WANT; empty once closed(). The host needs `need`
  /// tasks to keep its workers at work until the next answer: LowWater, and one
  /// for each worker that waits. It gets as many, if they are not more than one
  /// for each worker or its share of what is left; and at least one. Progress
  /// that can't be is disregarded.
  TaskRange Next(std::size_t host, const HostProgress& progress,
                 std::uint64_t need);

  /// What the host's DONE says, for its rate in batches to come.
  void Finish(std::size_t host, const HostProgress& progress);

  /// Whether all tasks are handed out: time for CLOSE.
  bool closed() const { return next_ == tasks_; }
  /// How many, without empty ones, were handed out since Begin.
  std::uint64_t ranges() const { return ranges_; }

 private:
  struct Work {
    double tasks = 0;
    double worker_s = 0;
  };
  struct Host {
    std::uint64_t workers = 0;
    std::uint64_t given = 0;
    HostProgress now{};
    Work earlier{};
    double weight = 0;
  };

  double WeightOf(const Host& host) const;
  void Weigh(Host& host);
  double ShareOf(const Host& host, double tasks) const;
  double GuidedTasks(const Host& host, std::uint64_t left) const;
  TaskRange Take(Host& host, double count);

  std::uint64_t tasks_;
  std::uint64_t next_;
  std::uint64_t ranges_ = 0;
  std::vector<Host> hosts_;
  Work all_{};
  double weights_ = 0;
  double reserve_ = 0;        ///< tasks that nobody gets ahead of need
  double without_first_ = 0;  ///< weight of hosts that had no First
};

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_DISPATCHER_H_
