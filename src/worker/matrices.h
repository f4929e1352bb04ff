#ifndef HYBRID_WORKER_MATRICES_H_
#define HYBRID_WORKER_MATRICES_H_

#include <cstdint>
#include <optional>

#include "operation/buffer.h"
#include "protocol/control_block.h"
#include "protocol/shared_memory.h"
#include "worker/task_source.h"

namespace hybrid {

/// The two operands of one task.
struct OperandPair {
  double* left;
  double* right;
};

/// Owns the memory of a worker's matrices and knows which task's operands and
/// product lie where, by the configuration's data and collect.
class Matrices {
 public:
  /// `operands` and `products` are the arenas that all workers share, if the
  /// configuration has them. Touches all private memory. `slot` decides which
  /// part of the products this worker touches first.
  Matrices(const Key& key, std::uint32_t slot,
           std::optional<SharedMemory> operands,
           std::optional<SharedMemory> products);

  /// Operands of `task`, the `position`-th of its chunk.
  OperandPair Operands(std::uint64_t task, std::uint64_t position) const;
  double* Product(std::uint64_t task) const;

  /// Maps the pages of the operand arena that other workers have filled.
  void PopulateOperands() const;

  /// How many fresh pairs lie side by side: as many as stay in the first-level
  /// cache together, so that loading several tasks at once and then operating
  /// on them changes nothing but the number of time stamps.
  std::uint64_t fresh_pairs() const { return fresh_pairs_; }

 private:
  Data data_;
  std::size_t stride_;
  std::uint64_t fresh_pairs_;
  std::optional<SharedMemory> operand_arena_;
  std::optional<SharedMemory> product_arena_;
  Buffer own_operands_;
  Buffer own_product_;
};

}  // namespace hybrid

#endif  // HYBRID_WORKER_MATRICES_H_
