#include "protocol/control_block.h"

#include <fmt/format.h>

#include <new>
#include <stdexcept>

#include "key/key_text.h"

namespace hybrid {
namespace {

std::size_t BytesFor(std::uint64_t workers) {
  return sizeof(ControlBlock) + workers * sizeof(WorkerSlot);
}

WorkerSlot* SlotsOf(ControlBlock* block) {
  static_assert(sizeof(ControlBlock) % alignof(WorkerSlot) == 0);
  return reinterpret_cast<WorkerSlot*>(block + 1);
}

}  // namespace

ControlMapping::ControlMapping(const Key& key)
    : memory_("hybridbench-control", BytesFor(key.claimants())),
      block_(new (memory_.data()) ControlBlock),
      key_(key) {
  block_->workers = static_cast<std::uint32_t>(key.claimants());
  block_->key = EncodeKey(key);
  if (block_->key.view() != EncodeKey(key)) {
    throw std::runtime_error(
        fmt::format("{}: too long a name", KeyText(key, KeyStyle::kShort)));
  }
  WorkerSlot* slots = SlotsOf(block_);
  for (std::uint64_t i = 0; i < key.claimants(); ++i)
    new (slots + i) WorkerSlot;
  slots_ = {slots, key.claimants()};
}

ControlMapping::ControlMapping(UniqueFd fd)
    : memory_(SharedMemory::Map(std::move(fd))),
      block_(static_cast<ControlBlock*>(memory_.data())) {
  if (memory_.size() < sizeof(ControlBlock) || block_->magic != kControlMagic) {
    throw std::runtime_error("the control block is not hybridbench's");
  }
  if (block_->version != kControlVersion ||
      block_->slot_bytes != sizeof(WorkerSlot) ||
      memory_.size() != BytesFor(block_->workers)) {
    throw std::runtime_error(fmt::format(
        "the control block has version {}, this worker knows {}: bench and "
        "hybrid-worker are of different builds",
        block_->version, kControlVersion));
  }
  slots_ = {SlotsOf(block_), block_->workers};
  key_ = ParseKey(block_->key.view());
}

}  // namespace hybrid
