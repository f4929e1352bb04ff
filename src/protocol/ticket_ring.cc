#include "protocol/ticket_ring.h"

#include <algorithm>

namespace hybrid {

void TicketRing::Begin(std::uint64_t low_water) {
  next_.store(0, std::memory_order_relaxed);
  limit_.store(0, std::memory_order_relaxed);
  low_water_.store(low_water, std::memory_order_relaxed);
  asked_.store(0, std::memory_order_relaxed);
  for (Range& range : ranges_) {
    range.first.store(0, std::memory_order_relaxed);
    range.end.store(0, std::memory_order_relaxed);
  }
  added_ = 0;
  is_closed_.store(0, std::memory_order_release);
}

bool TicketRing::HasRoom() const {
  return ranges_[added_ % kRanges].end.load(std::memory_order_relaxed) <=
         next_.load(std::memory_order_acquire);
}

void TicketRing::Add(const TaskRange& range) {
  if (range.count == 0) return;
  Range& free = ranges_[added_++ % kRanges];
  const std::uint64_t first = limit_.load(std::memory_order_relaxed);
  free.first.store(first, std::memory_order_relaxed);
  free.end.store(first + range.count, std::memory_order_release);
  free.task.store(range.first, std::memory_order_release);
  // Whoever sees the limit sees the range. In one total order with the look at
  // who sleeps, which follows.
  limit_.store(first + range.count, std::memory_order_seq_cst);
}

std::uint64_t TicketRing::unclaimed() const {
  const std::uint64_t next = next_.load();
  return limit_.load() - std::min(limit_.load(), next);
}

std::optional<TicketRing::Found> TicketRing::Find(std::uint64_t ticket,
                                                  std::size_t& hint) const {
  for (std::size_t i = 0; i < kRanges; ++i) {
    const Range& range = ranges_[hint];
    const std::uint64_t first = range.first.load(std::memory_order_acquire);
    const std::uint64_t end = range.end.load(std::memory_order_acquire);
    const std::uint64_t task = range.task.load(std::memory_order_acquire);
    // The parent writes a place's `first` first of all: if that is still the
    // same, the others belong to it.
    if (first <= ticket && ticket < end &&
        range.first.load(std::memory_order_relaxed) == first) {
      return Found{.task = task + (ticket - first), .left = end - ticket};
    }
    hint = (hint + 1) % kRanges;
  }
  return std::nullopt;
}

TicketRing::Claimed TicketRing::Claim(std::uint64_t max, std::uint64_t workers,
                                      std::size_t& hint) {
  std::uint64_t seen = next_.load(std::memory_order_relaxed);
  while (true) {
    // In this order: behind the end no limit is raised.
    const bool is_over = is_closed_.load(std::memory_order_acquire) != 0;
    const std::uint64_t limit = limit_.load(std::memory_order_acquire);
    if (seen >= limit) return {.tasks = {}, .is_over = is_over};
    const std::optional<Found> found = Find(seen, hint);
    // Others have claimed the ticket, and the parent has used its place again.
    if (!found) {
      seen = next_.load(std::memory_order_relaxed);
      continue;
    }
    const std::uint64_t fair =
        workers == 1
            ? limit - seen
            : std::max<std::uint64_t>(1, (limit - seen) / (2 * workers));
    const std::uint64_t count = std::min({max, fair, found->left});
    // Where it succeeds the ticket was not claimed until now, so that its range
    // was still the one that was read.
    if (!next_.compare_exchange_weak(seen, seen + count,
                                     std::memory_order_acq_rel,
                                     std::memory_order_relaxed)) {
      continue;
    }
    Claimed claimed{.tasks = {.first = found->task, .count = count}};
    const std::uint64_t left = limit - seen - count;
    claimed.asks = left < low_water_.load(std::memory_order_relaxed) &&
                   !is_over && asked_.exchange(1) == 0;
    return claimed;
  }
}

bool TicketRing::BeginToWait() {
  waiting_.fetch_add(1);
  return asked_.exchange(1) == 0;
}

bool TicketRing::HasNews() const {
  if (is_closed_.load(std::memory_order_seq_cst) != 0) return true;
  return next_.load() < limit_.load(std::memory_order_seq_cst);
}

}  // namespace hybrid
