#ifndef HYBRID_CLUSTER_SIMULATED_CLUSTER_H_
#define HYBRID_CLUSTER_SIMULATED_CLUSTER_H_

#include <cstddef>
#include <cstdint>

namespace hybrid {

/// How agents come by tasks.
enum class HandOut {
  kPrefetched,   ///< as they do: at the low-water mark
  kWhenWaiting,  ///< only once a worker waits
  kOneByOne      ///< then, and one task a message
};

/// A cluster that does not exist, around the real Dispatcher and LowWater.
/// Messages arrive in order and none is lost.
struct SimulatedCluster {
  std::size_t hosts = 1;
  std::uint64_t workers = 1;  ///< of each host
  std::uint64_t tasks = 1;
  double task_s = 0;  ///< mean
  /// Task times' standard deviation in task_s; they are spread evenly.
  double scatter = 0;
  double message_s = 0;     ///< one way, on the wire
  double dispatcher_s = 0;  ///< to read or to write one message, one at a time
  double agent_s = 0;       ///< likewise
  HandOut hand_out = HandOut::kPrefetched;
  std::uint64_t seed = 1;
};

/// What a batch came to.
struct SimulatedBatch {
  double wall_s = 0;      ///< GATE written → last DONE read
  double efficiency = 0;  ///< tasks × task_s of hosts × workers × wall_s
  std::uint64_t ranges = 0;
  double dispatcher_busy = 0;  ///< of wall_s
};

/// The last of `batches`: the dispatcher and the agents learn from earlier
/// ones.
SimulatedBatch SimulateBatches(const SimulatedCluster& cluster,
                               int batches = 3);

/// What the same workers would reach if each took its next task from one queue,
/// at once: no hand-out can do better.
double EfficiencyOfOneQueue(const SimulatedCluster& cluster);

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_SIMULATED_CLUSTER_H_
