#include "protocol/control_block.h"

#include <fmt/format.h>

#include <chrono>
#include <new>
#include <stdexcept>

namespace hybrid {
namespace {

std::size_t BytesFor(std::uint32_t workers) {
  return sizeof(ControlBlock) + workers * sizeof(WorkerSlot);
}

WorkerSlot* SlotsOf(ControlBlock* block) {
  static_assert(sizeof(ControlBlock) % alignof(WorkerSlot) == 0);
  return reinterpret_cast<WorkerSlot*>(block + 1);
}

}  // namespace

ControlMapping::ControlMapping(const Config& config)
    : memory_("hybridbench-control", BytesFor(config.workers)),
      block_(new (memory_.data()) ControlBlock) {
  block_->operation = config.operation;
  block_->data = config.data;
  block_->collect = config.collect;
  block_->workers = config.workers;
  block_->blas_threads = config.blas_threads;
  block_->n = config.n;
  block_->batch = config.batch;
  block_->seed = config.seed;
  WorkerSlot* slots = SlotsOf(block_);
  for (std::uint32_t i = 0; i < config.workers; ++i) new (slots + i) WorkerSlot;
  slots_ = {slots, config.workers};
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
}

std::size_t MatrixStride(std::uint64_t n) {
  constexpr std::size_t kPerLine = 64 / sizeof(double);
  return (n * n + kPerLine - 1) / kPerLine * kPerLine;
}

std::int64_t NowNs() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace hybrid
