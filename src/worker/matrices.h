#ifndef HYBRID_WORKER_MATRICES_H_
#define HYBRID_WORKER_MATRICES_H_

#include <cstdint>
#include <optional>

#include "key/key.h"
#include "operation/buffer.h"
#include "operation/layout.h"
#include "protocol/shared_memory.h"

namespace hybrid {

/// Owns the memory of a worker's matrices and knows which task's operands and
/// product lie where, by the configuration's data and collect.
class Matrices {
 public:
  /// `operands` and `products` are the arenas that all workers share, if the
  /// configuration has them. Touches all private memory. `slot` decides which
  /// part of the products this worker touches first.
  Matrices(const Key& key, Layout layout, std::uint32_t slot,
           std::optional<SharedMemory> operands,
           std::optional<SharedMemory> products);

  /// The first of the operands of `task`, the `position`-th of its chunk; the
  /// others lie behind it, as in layout().
  double* Operands(std::uint64_t task, std::uint64_t position) const;
  /// Where the product of `task` goes.
  double* Product(std::uint64_t task) const;

  /// Maps the pages of the operand arena that other workers have filled.
  void PopulateOperands() const;

  const Layout& layout() const { return layout_; }

  /// How many tasks' fresh operands lie side by side: as many as stay in the
  /// first-level cache together, so that loading several tasks at once and then
  /// operating on them changes nothing but the number of time stamps.
  std::uint64_t fresh_tasks() const { return fresh_tasks_; }

 private:
  Data data_;
  Layout layout_;
  std::uint64_t fresh_tasks_;
  std::optional<SharedMemory> operand_arena_;
  std::optional<SharedMemory> product_arena_;
  Buffer own_operands_;
  Buffer own_product_;
};

}  // namespace hybrid

#endif  // HYBRID_WORKER_MATRICES_H_
