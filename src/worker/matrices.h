#ifndef HYBRID_WORKER_MATRICES_H_
#define HYBRID_WORKER_MATRICES_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "key/key.h"
#include "operation/buffer.h"
#include "operation/layout.h"
#include "protocol/shared_memory.h"

namespace hybrid {

/// Owns the memory of a worker's matrices, whose numbers are `Real`, and knows
/// which task's operands and product lie where, by the configuration's data and
/// collect.
///
/// Operands that are made before the gate are kept: hot ones, of one task, in
/// the worker's own memory, resident ones in the arena of all. A call works on
/// those, or, if they are fresh or it destroys them, on working ones that lie
/// side by side for a few tasks.
template <typename Real>
class Matrices {
 public:
  /// `operands` and `products` are the arenas that all workers share, if the
  /// configuration has them. Touches all private memory. `slot` decides which
  /// part of the products this worker touches first.
  Matrices(const Key& key, const Operation& operation, std::uint32_t slot,
           std::optional<SharedMemory> operands,
           std::optional<SharedMemory> products);

  /// Where an operand of `task` is kept; only of hot and resident ones.
  Real* Kept(std::size_t operand, std::uint64_t task) const;
  /// Where the call finds an operand of `task`, the `position`-th of its chunk.
  Real* Operand(std::size_t operand, std::uint64_t task,
                std::uint64_t position) const;
  /// Where the product of `task`, the `position`-th of its chunk, goes.
  Real* Product(std::uint64_t task, std::uint64_t position) const;

  /// Maps the pages of the operand arena that other workers have filled.
  void PopulateOperands() const;

  const Layout& layout() const { return layout_; }

  /// Whether the products of all tasks lie in the arena of all workers.
  bool shares_products() const { return product_arena_.has_value(); }
  /// Whether at least those of one chunk are there together.
  bool keeps_products() const { return shares_products() || side_by_side_; }

  /// Whether calls work on operands that are made or copied for each.
  bool has_working() const { return has_working_; }
  /// How many tasks' working operands lie side by side: as many as stay in the
  /// first-level cache together, so that loading several tasks at once and then
  /// operating on them changes nothing but the number of time stamps. All of a
  /// batch where one call takes them all.
  std::uint64_t working_tasks() const { return working_tasks_; }

 private:
  Layout layout_;
  bool has_working_;
  /// Whether each working task has a product of its own, where none are shared.
  bool side_by_side_;
  std::uint64_t working_tasks_;
  std::optional<SharedMemory> operand_arena_;
  std::optional<SharedMemory> product_arena_;
  BufferOf<Real> kept_;
  BufferOf<Real> working_;
  BufferOf<Real> own_products_;
};

extern template class Matrices<double>;
extern template class Matrices<float>;

}  // namespace hybrid

#endif  // HYBRID_WORKER_MATRICES_H_
