#ifndef HYBRID_POOL_CREW_H_
#define HYBRID_POOL_CREW_H_

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/launcher.h"
#include "pool/child_output.h"
#include "pool/liveness.h"
#include "pool/pool_settings.h"
#include "protocol/control_block.h"
#include "protocol/doorbell.h"
#include "protocol/worker_arguments.h"

namespace hybrid {

/// What is to be looked after while workers work.
struct Attendance {
  int fd = -1;  ///< polled for what can be read
  /// Called first of all, then whenever that can be, a worker has rung, or a
  /// tick is over; empty: there is nothing.
  std::function<void()> attend{};
};

/// The processes of a group: starts them, waits for them in the only event
/// loop, and tells what became of one that fails. It knows commands only by
/// their sequence numbers.
class Crew {
 public:
  /// One process for each of `slots`, or one for all; `are_agents` where they
  /// wait for a program that does their tasks.
  Crew(std::span<WorkerSlot> slots, std::size_t processes, bool are_agents,
       PoolSettings settings);

  /// Starts the processes; `arguments` and `environment` are what all have in
  /// common. Throws PoolError.
  void Start(WorkerArguments arguments, std::vector<std::string> environment);

  /// Wakes the workers that sleep.
  void RingSleepers();

  /// Returns when `pending` is 0: how many seconds in between this process was
  /// not awake to look after the workers, 0 if few. Throws PoolError as soon as
  /// a worker dies, uses no CPU time for `idle_s` while it has not completed
  /// `sequence`, PoolOvertime if `allowance_s` and the hang timeout
  /// are over, PoolInterrupted when the settings say so. `when` words the
  /// message.
  double Await(const std::atomic<std::uint32_t>& pending,
               std::uint64_t sequence, std::string_view when,
               double allowance_s, double idle_s,
               const Attendance& attendance = {});

  /// Closes the doorbells, at which workers end, and reaps them. Throws
  /// PoolError if one ends badly or not at all.
  void Dismiss();

  /// Kills the processes.
  void Kill();

  /// `worker 1 of 2 (pid 4711)`, or `thread 1 of 2 (pid 4711)`.
  std::string Describe(std::size_t worker) const;
  std::size_t size() const { return slots_.size(); }
  const PoolSettings& settings() const { return settings_; }
  /// Of the processes.
  std::vector<pid_t> pids() const;

 private:
  /// A process with its workers.
  struct Member {
    std::span<WorkerSlot> slots;
    ChildOutput output;
    ChildProcess process;
    Liveness liveness;
  };

  void StartMember(WorkerArguments& arguments, LaunchSpec& spec);
  void PlaceMember(std::size_t first, std::size_t count, LaunchSpec& spec);
  std::string DescribeMember(std::size_t member) const;
  void LookForHangs(std::uint64_t sequence, std::string_view when,
                    double waited_s, double idle_s, bool out_of_time);
  [[noreturn]] void FailDead(std::size_t worker, std::uint64_t sequence,
                             std::string_view when);

  std::span<WorkerSlot> slots_;
  std::size_t workers_per_process_;
  bool are_agents_;
  PoolSettings settings_;
  std::vector<Doorbell> doorbells_;  ///< one for each worker
  std::vector<Member> members_;
};

}  // namespace hybrid

#endif  // HYBRID_POOL_CREW_H_
