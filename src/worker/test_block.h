#ifndef HYBRID_WORKER_TEST_BLOCK_H_
#define HYBRID_WORKER_TEST_BLOCK_H_

#include <unistd.h>

#include <cstdint>
#include <optional>

#include "key/key.h"
#include "key/test_keys.h"
#include "operation/layout.h"
#include "operation/operation.h"
#include "protocol/control_block.h"
#include "protocol/shared_memory.h"

namespace hybrid {

/// For tests: a configuration of two workers.
inline Key KeyFor(Data data, Collect collect, std::uint64_t n,
                  std::uint64_t batch) {
  Key key = GemmKey(n, batch, 2);
  key.data = data;
  key.collect = collect;
  return key;
}

/// For tests: where gemm's matrices of order `n` lie.
inline Layout GemmLayout(std::uint64_t n) {
  return LayoutOf(OperationNamed("gemm"), {.n = n});
}

/// For tests: what the parent makes for a configuration: the control block and
/// the arenas, which each worker maps for itself.
class TestBlock {
 public:
  explicit TestBlock(const Key& key) : control_(key) {
    const Layout layout = LayoutOf(OperationNamed(key.operation), ShapeOf(key));
    const std::size_t bytes = key.batch * BytesOf(key.precision);
    if (key.data == Data::kResident) {
      operands_ = SharedMemory("test", layout.operands_stride * bytes);
    }
    if (key.collect == Collect::kShared) {
      products_ = SharedMemory("test", layout.product_stride * bytes);
    }
  }

  const Key& key() const { return control_.key(); }
  ControlBlock& block() const { return control_.block(); }
  std::optional<SharedMemory> MapOperands() const { return Map(operands_); }
  std::optional<SharedMemory> MapProducts() const { return Map(products_); }
  /// The operands as this process, the parent, sees them.
  const double* operands() const {
    return static_cast<const double*>(operands_.data());
  }
  /// The products as this process, the parent, sees them.
  double* products() const { return static_cast<double*>(products_.data()); }

 private:
  static std::optional<SharedMemory> Map(const SharedMemory& memory) {
    if (memory.data() == nullptr) return std::nullopt;
    return SharedMemory::Map(UniqueFd(dup(memory.fd())));
  }

  ControlMapping control_;
  SharedMemory operands_;
  SharedMemory products_;
};

}  // namespace hybrid

#endif  // HYBRID_WORKER_TEST_BLOCK_H_
