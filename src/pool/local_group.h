#ifndef HYBRID_POOL_LOCAL_GROUP_H_
#define HYBRID_POOL_LOCAL_GROUP_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "counters/system_counters.h"
#include "key/key.h"
#include "operation/layout.h"
#include "pool/allowances.h"
#include "pool/crew.h"
#include "pool/pool_settings.h"
#include "pool/worker_group.h"
#include "protocol/control_block.h"
#include "protocol/shared_memory.h"
#include "protocol/ticket_ring.h"

namespace hybrid {

/// Tasks of a batch that come to a group from elsewhere while it works.
struct TaskFeed {
  TaskRange first;  ///< there at the gate
  /// Claims that leave fewer tickets wake `attend`, and so do waiting workers.
  std::uint64_t low_water = 0;
  int fd = -1;  ///< whatever can be read there does, too
  /// Called at the gate, when it was woken, and several times a second until
  /// the batch has ended, which it can't before this has closed the ring. What
  /// it throws ends the batch.
  std::function<void(TicketRing& tickets)> attend{};
};

/// Workers on this machine, children of this process. Owns them from launch to
/// reaping, and the memory that it shares with them.
class LocalGroup final : public WorkerGroup {
 public:
  /// Launches the workers. Throws PoolError and PoolInterrupted.
  LocalGroup(const Key& key, PoolSettings settings);

  const PoolStart& start() const override { return start_; }
  BatchTiming RunBatch(double cap_s) override;
  /// RunBatch of the tasks that `feed` brings. Its `capped` says nothing of
  /// tasks that did not come.
  BatchTiming RunFed(double cap_s, const TaskFeed& feed);
  bool Verify() override;
  std::optional<ThreadsSeen> ProveThreads() override;
  const ProgramFacts& program() const override { return program_; }
  GroupCounters Counters() override;
  LatencyHistogram TakeLatencies() override;
  void Shutdown() override { crew_.Dismiss(); }

  /// The product of `task`, n × n in rows, with Collect::kShared. Valid while
  /// the group lives.
  template <typename Real = double>
  std::span<const Real> Product(std::uint64_t task) const;

  std::vector<pid_t> pids() const { return crew_.pids(); }

 private:
  /// What a program left behind must not run beside others' workers.
  class Strays {
   public:
    explicit Strays(bool are_possible);
    ~Strays();
    Strays(const Strays&) = delete;
    Strays& operator=(const Strays&) = delete;
    void Kill() const;

   private:
    bool are_possible_;
  };

  /// Whether a whole program's launcher takes its workers to other hosts: what
  /// they do is seen from here of none, or of some.
  bool is_spread() const {
    return static_cast<bool>(crew_.settings().elsewhere);
  }
  void Start();
  void CheckReady(std::size_t worker);
  void NoteProgram(const ProgramReport& report);
  void Issue(Command command);
  void Issue(Command command, const TaskFeed& feed);
  double Await(std::string_view when, double allowance_s, double idle_s = 0,
               const Attendance& attendance = {});
  BatchTiming Run(double cap_s, const TaskFeed& feed);
  BatchTiming KillInMidBatch(std::int64_t gate_ns);
  BatchTiming Collect(std::int64_t gate_ns) const;

  Key key_;
  ControlMapping control_;
  Layout layout_;
  std::optional<SharedMemory> operands_;
  std::optional<SharedMemory> products_;
  Strays strays_;  ///< outlives the crew
  Crew crew_;
  Allowances allowances_;
  std::uint64_t sequence_ = 0;
  std::uint64_t tasks_since_taken_ = 0;  ///< the latencies: of whole batches
  double longest_batch_s_ = 0;
  bool was_killed_ = false;  ///< in mid-batch
  PoolStart start_;
  bool has_proved_ = false;
  std::optional<ThreadsSeen> threads_;  ///< what ProveThreads found
  ProgramFacts program_;
  std::optional<SystemCounterReader> system_;  ///< since the first Counters
};

}  // namespace hybrid

#endif  // HYBRID_POOL_LOCAL_GROUP_H_
