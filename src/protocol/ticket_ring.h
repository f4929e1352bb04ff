#ifndef HYBRID_PROTOCOL_TICKET_RING_H_
#define HYBRID_PROTOCOL_TICKET_RING_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "protocol/no_sharing.h"
#include "protocol/task_range.h"

namespace hybrid {

/// The tasks of a batch as they come to the workers of one machine, in shared
/// memory. Workers claim *tickets*, numbers that count up from 0 in each batch,
/// below a *limit*; the ring says which task a ticket stands for. On one
/// machine all tasks of the batch are there at the gate, in one closed range;
/// where a batch is spread over several, ranges come as they are asked for.
/// One parent calls what is its own, any number of workers the rest.
class TicketRing {
 public:
  /// Ranges of which some ticket may be left at a time.
  static constexpr std::size_t kRanges = 64;

  // The parent's.

  /// A new batch, of which nothing is there. No worker may be claiming.
  /// `low_water`: claims that leave fewer tickets ask for more.
  void Begin(std::uint64_t low_water = 0);
  /// Whether Add has room for another range.
  bool HasRoom() const;
  /// Lets workers claim `range` too; an empty one changes nothing.
  void Add(const TaskRange& range);
  /// No more will come: who finds no ticket left is done.
  void Close() { is_closed_.store(1, std::memory_order_seq_cst); }
  bool is_closed() const { return is_closed_.load() != 0; }
  /// Takes notice of who asked for more. Call it before Add, and look at
  /// unclaimed() and waiting() after that: so no asking is lost.
  void TakeAsked() { asked_.store(0, std::memory_order_seq_cst); }
  /// Tickets that nobody has claimed yet.
  std::uint64_t unclaimed() const;
  /// Workers that wait for tickets.
  std::uint64_t waiting() const { return waiting_.load(); }
  void set_low_water(std::uint64_t tickets) { low_water_ = tickets; }

  // A worker's.

  struct Claimed {
    TaskRange tasks;       ///< empty: there is no ticket now
    bool is_over = false;  ///< and none will come
    bool asks = false;     ///< the parent is to be woken: few are left
  };
  /// Claims at most `max` consecutive tasks that nobody else gets. Guided
  /// self-scheduling (Polychronopoulos & Kuck, 1987): of several `workers` none
  /// gets more than half of a fair share of what is left, so that chunks save
  /// claims early and cost no balance at the end; a single one gets what it
  /// asks for. `hint` is the caller's own, 0 at first: where it found its last
  /// ticket.
  Claimed Claim(std::uint64_t max, std::uint64_t workers, std::size_t& hint);
  /// Around the waiting of a worker that found no ticket. Whether the parent is
  /// to be woken, which has not been since it took notice.
  bool BeginToWait();
  void EndWait() { waiting_.fetch_sub(1); }
  /// Whether Claim would find a ticket, or that none will come.
  bool HasNews() const;

 private:
  /// Tickets from `first` on, which stand for tasks from `task` on.
  struct Range {
    std::atomic<std::uint64_t> first{0};
    std::atomic<std::uint64_t> end{0};
    std::atomic<std::uint64_t> task{0};
  };

  struct Found {
    std::uint64_t task;  ///< that the ticket stands for
    std::uint64_t left;  ///< tickets of its range from it on
  };
  /// Nothing where the ticket's place is another range's by now.
  std::optional<Found> Find(std::uint64_t ticket, std::size_t& hint) const;

  alignas(kNoSharing) std::atomic<std::uint64_t> next_{0};
  // Written once a range, read at every claim.
  alignas(kNoSharing) std::atomic<std::uint64_t> limit_{0};
  std::atomic<std::uint32_t> is_closed_{1};
  std::atomic<std::uint64_t> low_water_{0};
  std::uint64_t added_ = 0;  ///< ranges; the parent's alone
  std::array<Range, kRanges> ranges_{};
  alignas(kNoSharing) std::atomic<std::uint32_t> asked_{0};
  std::atomic<std::uint32_t> waiting_{0};
};

}  // namespace hybrid

#endif  // HYBRID_PROTOCOL_TICKET_RING_H_
