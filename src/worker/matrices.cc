#include "worker/matrices.h"

#include <algorithm>
#include <utility>

namespace hybrid {
namespace {

constexpr std::size_t kChunkBytes = 16384;
constexpr std::uint64_t kMaxChunk = 64;

std::uint64_t FreshPairs(const Key& key) {
  if (key.data != Data::kFresh) return 1;
  const std::size_t pair_bytes = 2 * MatrixStride(key.n) * sizeof(double);
  return std::clamp<std::uint64_t>(kChunkBytes / pair_bytes, 1, kMaxChunk);
}

}  // namespace

Matrices::Matrices(const Key& key, std::uint32_t slot,
                   std::optional<SharedMemory> operands,
                   std::optional<SharedMemory> products)
    : data_(key.data),
      stride_(MatrixStride(key.n)),
      fresh_pairs_(FreshPairs(key)),
      operand_arena_(std::move(operands)),
      product_arena_(std::move(products)),
      own_operands_(operand_arena_ ? 0 : 2 * stride_ * fresh_pairs_),
      own_product_(product_arena_ ? 0 : stride_) {
  if (product_arena_) {
    // Each worker's share first, so that the workers zero the pages together;
    // then the rest, whose pages this process must still map.
    const std::uint64_t begin = key.batch * slot / key.workers;
    const std::uint64_t end = key.batch * (slot + 1) / key.workers;
    Populate(Product(begin), (end - begin) * stride_ * sizeof(double));
    Populate(product_arena_->data(), product_arena_->size());
  }
}

OperandPair Matrices::Operands(std::uint64_t task,
                               std::uint64_t position) const {
  double* pair = own_operands_.data();
  if (data_ == Data::kFresh) pair += 2 * stride_ * position;
  if (operand_arena_) {
    pair = static_cast<double*>(operand_arena_->data()) + 2 * stride_ * task;
  }
  return {.left = pair, .right = pair + stride_};
}

void Matrices::PopulateOperands() const {
  if (operand_arena_) Populate(operand_arena_->data(), operand_arena_->size());
}

double* Matrices::Product(std::uint64_t task) const {
  if (!product_arena_) return own_product_.data();
  return static_cast<double*>(product_arena_->data()) + stride_ * task;
}

}  // namespace hybrid
