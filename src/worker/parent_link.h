#ifndef HYBRID_WORKER_PARENT_LINK_H_
#define HYBRID_WORKER_PARENT_LINK_H_

#include <cstdint>
#include <optional>

#include "protocol/control_block.h"
#include "protocol/doorbell.h"

namespace hybrid {

/// How a worker hears what to do next and says that it is done.
class WorkerLink {
 public:
  WorkerLink() = default;
  WorkerLink(const WorkerLink&) = delete;
  WorkerLink& operator=(const WorkerLink&) = delete;
  virtual ~WorkerLink() = default;

  /// The next command; nothing when there will be none any more.
  virtual std::optional<Command> Next() = 0;
  /// The command is carried out, and its report written.
  virtual void Done() = 0;
};

/// The link to a parent on the same machine: control block and doorbell.
class ParentLink : public WorkerLink {
 public:
  /// The first Done says that the worker is ready.
  ParentLink(ControlBlock& block, WorkerSlot& slot, Doorbell doorbell);

  /// Spins for the block's spin_ns, then sleeps.
  std::optional<Command> Next() override;
  void Done() override;

 private:
  ControlBlock& block_;
  WorkerSlot& slot_;
  Doorbell doorbell_;
  std::uint64_t sequence_ = 1;
};

}  // namespace hybrid

#endif  // HYBRID_WORKER_PARENT_LINK_H_
