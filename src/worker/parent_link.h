#ifndef HYBRID_WORKER_PARENT_LINK_H_
#define HYBRID_WORKER_PARENT_LINK_H_

#include <cstdint>
#include <optional>

#include "protocol/control_block.h"
#include "protocol/doorbell.h"

namespace hybrid {

/// How a worker hears what to do next and says that it is done: through control
/// block and doorbell.
class ParentLink {
 public:
  /// The first Done says that the worker is ready.
  ParentLink(ControlBlock& block, WorkerSlot& slot, Doorbell doorbell);

  /// The next command; nothing when there will be none any more. Spins for the
  /// block's spin_ns, then sleeps.
  std::optional<Command> Next();
  /// Waits in the same way in mid-batch until a ticket is there, or none will
  /// come. False if the parent is gone.
  bool AwaitTickets();
  /// Tells the parent that few tickets are left.
  void AskForTickets() { doorbell_.Ring(); }
  /// The command is carried out, and its report written.
  void Done();

 private:
  template <typename IsThere>
  bool Await(const IsThere& is_there);

  ControlBlock& block_;
  WorkerSlot& slot_;
  Doorbell doorbell_;
  std::uint64_t sequence_ = 1;
};

}  // namespace hybrid

#endif  // HYBRID_WORKER_PARENT_LINK_H_
