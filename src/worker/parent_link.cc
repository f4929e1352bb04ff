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

std::optional<Command> ParentLink::Next() {
  const auto is_new = [this](std::uint64_t command) {
    return command >> 8 != sequence_;
  };
  const std::int64_t spin_end_ns = NowNs() + block_.spin_ns;
  std::uint64_t command = block_.command.load(std::memory_order_acquire);
  while (!is_new(command) && NowNs() < spin_end_ns) {
    Relax();
    command = block_.command.load(std::memory_order_acquire);
  }
  while (!is_new(command)) {
    // Announce the sleep, then look once more: the parent writes the command,
    // then looks who sleeps. Both in one total order, so no wake-up is lost.
    slot_.sleeping.store(1, std::memory_order_seq_cst);
    command = block_.command.load(std::memory_order_seq_cst);
    if (is_new(command)) break;
    if (!doorbell_.Wait()) return std::nullopt;
    command = block_.command.load(std::memory_order_acquire);
  }
  slot_.sleeping.store(0, std::memory_order_relaxed);
  sequence_ = command >> 8;
  slot_.begun.store(sequence_, std::memory_order_release);
  return static_cast<Command>(command & 0xFF);
}

void ParentLink::Done() {
  slot_.completed.store(sequence_, std::memory_order_release);
  if (block_.pending.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    doorbell_.Ring();
  }
}

}  // namespace hybrid
