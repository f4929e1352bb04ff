#include "worker/matrices.h"

#include <algorithm>
#include <utility>

namespace hybrid {
namespace {

constexpr std::size_t kChunkBytes = 16384;
constexpr std::uint64_t kMostFreshTasks = 64;

std::uint64_t FreshTasks(const Key& key, const Layout& layout) {
  if (key.data != Data::kFresh) return 1;
  return std::clamp<std::uint64_t>(
      kChunkBytes / (layout.operands_stride * sizeof(double)), 1,
      kMostFreshTasks);
}

}  // namespace

Matrices::Matrices(const Key& key, Layout layout, std::uint32_t slot,
                   std::optional<SharedMemory> operands,
                   std::optional<SharedMemory> products)
    : data_(key.data),
      layout_(std::move(layout)),
      fresh_tasks_(FreshTasks(key, layout_)),
      operand_arena_(std::move(operands)),
      product_arena_(std::move(products)),
      own_operands_(operand_arena_ ? 0
                                   : layout_.operands_stride * fresh_tasks_),
      own_product_(product_arena_ ? 0 : layout_.product_stride) {
  if (product_arena_) {
    // Each worker's share first, so that the workers zero the pages together;
    // then the rest, whose pages this process must still map.
    const std::uint64_t begin = key.batch * slot / key.workers;
    const std::uint64_t end = key.batch * (slot + 1) / key.workers;
    Populate(Product(begin),
             (end - begin) * layout_.product_stride * sizeof(double));
    Populate(product_arena_->data(), product_arena_->size());
  }
}

double* Matrices::Operands(std::uint64_t task, std::uint64_t position) const {
  if (operand_arena_) {
    return static_cast<double*>(operand_arena_->data()) +
           layout_.operands_stride * task;
  }
  double* const own = own_operands_.data();
  return data_ == Data::kFresh ? own + layout_.operands_stride * position : own;
}

void Matrices::PopulateOperands() const {
  if (operand_arena_) Populate(operand_arena_->data(), operand_arena_->size());
}

double* Matrices::Product(std::uint64_t task) const {
  if (!product_arena_) return own_product_.data();
  return static_cast<double*>(product_arena_->data()) +
         layout_.product_stride * task;
}

}  // namespace hybrid
