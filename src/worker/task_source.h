#ifndef HYBRID_WORKER_TASK_SOURCE_H_
#define HYBRID_WORKER_TASK_SOURCE_H_

#include <cstddef>
#include <cstdint>

#include "protocol/task_range.h"
#include "protocol/ticket_ring.h"
#include "worker/parent_link.h"

namespace hybrid {

/// Where a worker's next tasks come from.
class TaskSource {
 public:
  TaskSource() = default;
  TaskSource(const TaskSource&) = delete;
  TaskSource& operator=(const TaskSource&) = delete;
  virtual ~TaskSource() = default;

  /// Claims at most `max` tasks that nobody else gets; none when nothing is
  /// left.
  virtual TaskRange Claim(std::uint64_t max) = 0;

  /// How long claims have waited in all for tasks that were still to come.
  virtual std::int64_t starved_ns() const { return 0; }
};

/// The tickets that all workers of a machine share.
class TicketSource : public TaskSource {
 public:
  /// For one of `workers`, which waits for tickets by `link`.
  TicketSource(TicketRing& tickets, std::uint64_t workers, ParentLink& link)
      : tickets_(tickets), workers_(workers), link_(link) {}

  TaskRange Claim(std::uint64_t max) override;
  std::int64_t starved_ns() const override { return starved_ns_; }

 private:
  TicketRing& tickets_;
  std::uint64_t workers_;
  ParentLink& link_;
  std::size_t hint_ = 0;
  std::int64_t starved_ns_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_WORKER_TASK_SOURCE_H_
