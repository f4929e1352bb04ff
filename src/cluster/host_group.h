#ifndef HYBRID_CLUSTER_HOST_GROUP_H_
#define HYBRID_CLUSTER_HOST_GROUP_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "cluster/agents.h"
#include "cluster/clock_offset.h"
#include "cluster/dispatcher.h"
#include "cluster/messages.h"
#include "key/key.h"
#include "pool/allowances.h"
#include "pool/pool_settings.h"
#include "pool/worker_group.h"

namespace hybrid {

/// Workers on several hosts, each with an agent that looks after them. An agent
/// that fails, is silent or gone ends the group: no task is done twice.
class HostGroup final : public WorkerGroup {
 public:
  /// Starts the agents and the workers; `cluster` has to live on. Throws
  /// PoolError, which names the host, PoolInterrupted, and FlagError where no
  /// hosts are to be had.
  HostGroup(const Key& key, const PoolSettings& settings,
            const ClusterSettings& cluster);

  const PoolStart& start() const override { return start_; }
  BatchTiming RunBatch(double cap_s) override;
  bool Verify() override;
  std::optional<ThreadsSeen> ProveThreads() override;
  const ProgramFacts& program() const override { return program_; }
  GroupCounters Counters() override;
  LatencyHistogram TakeLatencies() override;
  void Shutdown() override { agents_.Release(); }

 private:
  /// A batch under way.
  struct Batch {
    struct Part {
      std::optional<Done> done;
      std::int64_t done_ns = 0;  ///< when that was read
      std::optional<BatchTiming> report;
    };
    std::int64_t gate_ns = 0;
    bool is_closed = false;
    std::vector<Part> parts;  ///< of each host
  };

  void SetUp(const PoolSettings& settings);
  double LimitOf(double allowance_s) const;
  void Arm();
  void OpenGate(Batch& batch, double cap_s);
  void Take(std::size_t host, const Frame& frame, Batch& batch);
  void Answer(std::size_t host, const Want& want, Batch& batch);
  BatchTiming Collect(const Batch& batch) const;
  HostTiming TimingOf(std::size_t host, const Batch& batch) const;

  Key key_;
  Agents agents_;
  Dispatcher dispatcher_;
  std::vector<ClockOffset> clocks_;  ///< of each host
  Allowances allowances_;
  double hang_timeout_s_;
  double longest_batch_s_ = 0;
  PoolStart start_;
  bool has_proved_ = false;
  std::optional<ThreadsSeen> threads_;
  ProgramFacts program_;
};

/// PoolSettings::elsewhere of a run on `cluster`.
Elsewhere OnHosts(std::shared_ptr<const ClusterSettings> cluster);

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_HOST_GROUP_H_
