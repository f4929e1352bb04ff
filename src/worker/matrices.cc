#include "worker/matrices.h"

#include <algorithm>
#include <utility>

namespace hybrid {
namespace {

constexpr std::size_t kChunkBytes = 16384;
constexpr std::uint64_t kMostWorkingTasks = 64;

/// From a task's working operands to the next one's.
std::size_t WorkingStride(const Layout& layout) {
  return layout.operands_stride - layout.in_place;
}

std::uint64_t WorkingTasks(const Key& key, bool has_working,
                           std::size_t task_bytes) {
  if (key.engine == Engine::kBatched) return key.batch;
  if (!has_working) return 1;
  return std::clamp<std::uint64_t>(kChunkBytes / task_bytes, 1,
                                   kMostWorkingTasks);
}

}  // namespace

template <typename Real>
Matrices<Real>::Matrices(const Key& key, const Operation& operation,
                         std::uint32_t slot,
                         std::optional<SharedMemory> operands,
                         std::optional<SharedMemory> products)
    : layout_(LayoutOf(operation, ShapeOf(key))),
      has_working_(key.data == Data::kFresh || operation.destroys),
      side_by_side_(operation.in_place || key.engine == Engine::kBatched),
      working_tasks_(WorkingTasks(key, has_working_,
                                  layout_.operands_stride * sizeof(Real))),
      operand_arena_(std::move(operands)),
      product_arena_(std::move(products)),
      kept_(key.data == Data::kHot ? layout_.operands_stride : 0),
      working_(has_working_ ? WorkingStride(layout_) * working_tasks_ : 0),
      own_products_(product_arena_ ? 0
                                   : layout_.product_stride *
                                         (side_by_side_ ? working_tasks_ : 1)) {
  if (product_arena_) {
    // Each worker's share first, so that the workers zero the pages together;
    // then the rest, whose pages this process must still map.
    const std::uint64_t begin = key.batch * slot / key.workers;
    const std::uint64_t end = key.batch * (slot + 1) / key.workers;
    Populate(Product(begin, 0),
             (end - begin) * layout_.product_stride * sizeof(Real));
    Populate(product_arena_->data(), product_arena_->size());
  }
}

template <typename Real>
Real* Matrices<Real>::Kept(std::size_t operand, std::uint64_t task) const {
  Real* const first = operand_arena_
                          ? static_cast<Real*>(operand_arena_->data()) +
                                layout_.operands_stride * task
                          : kept_.data();
  return first + layout_.operands[operand].offset;
}

template <typename Real>
Real* Matrices<Real>::Operand(std::size_t operand, std::uint64_t task,
                              std::uint64_t position) const {
  if (!has_working_) return Kept(operand, task);
  const std::size_t offset = layout_.operands[operand].offset;
  if (offset < layout_.in_place) return Product(task, position) + offset;
  return working_.data() + WorkingStride(layout_) * position + offset -
         layout_.in_place;
}

template <typename Real>
Real* Matrices<Real>::Product(std::uint64_t task,
                              std::uint64_t position) const {
  if (product_arena_) {
    return static_cast<Real*>(product_arena_->data()) +
           layout_.product_stride * task;
  }
  return own_products_.data() +
         (side_by_side_ ? layout_.product_stride * position : 0);
}

template <typename Real>
void Matrices<Real>::PopulateOperands() const {
  if (operand_arena_) Populate(operand_arena_->data(), operand_arena_->size());
}

template class Matrices<double>;
template class Matrices<float>;

}  // namespace hybrid
