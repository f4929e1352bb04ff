#include "worker/parent_link.h"

#include <utility>

#include "base/clock.h"

namespace hybrid {
namespace {

void Relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

ParentLink::ParentLink(ControlBlock& block, WorkerSlot& slot, Doorbell doorbell)
    : block_(block), slot_(slot), doorbell_(std::move(doorbell)) {}

template <typename IsThere>
bool ParentLink::Await(const IsThere& is_there) {
  const std::int64_t spin_end_ns = NowNs() + block_.spin_ns;
  bool has_come = is_there();
  while (!has_come && NowNs() < spin_end_ns) {
    Relax();
    has_come = is_there();
  }
  while (!has_come) {
    // Announce the sleep, then look once more: the parent writes what is
    // awaited, then looks who sleeps. Both in one total order, so no wake-up is
    // lost.
    slot_.sleeping.store(1, std::memory_order_seq_cst);
    has_come = is_there();
    if (has_come) break;
    if (!doorbell_.Wait()) return false;
    has_come = is_there();
  }
  slot_.sleeping.store(0, std::memory_order_relaxed);
  return true;
}

std::optional<Command> ParentLink::Next() {
  std::uint64_t command = 0;
  const auto is_there = [&] {
    command = block_.command.load(std::memory_order_seq_cst);
    return command >> 8 != sequence_;
  };
  if (!Await(is_there)) return std::nullopt;
  sequence_ = command >> 8;
  slot_.begun.store(sequence_, std::memory_order_release);
  return static_cast<Command>(command & 0xFF);
}

bool ParentLink::AwaitTickets() {
  return Await([this] { return block_.tickets.HasNews(); });
}

void ParentLink::Done() {
  slot_.completed.store(sequence_, std::memory_order_release);
  if (block_.pending.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    doorbell_.Ring();
  }
}

}  // namespace hybrid
