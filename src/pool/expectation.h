#ifndef HYBRID_POOL_EXPECTATION_H_
#define HYBRID_POOL_EXPECTATION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/control_block.h"

namespace hybrid {

/// What a worker must report when it is ready. Empty: anything.
struct Expectation {
  std::vector<std::string> threading{};    ///< any of these
  std::optional<std::uint64_t> threads{};  ///< of the process
  std::string kernels{};
  std::vector<int> cpus{};  ///< the affinity mask
};

/// `cpus` as a mask; nothing if one is beyond what a mask holds.
std::optional<CpuMask> MaskOf(const std::vector<int>& cpus);

/// The first thing in a worker's `report` that is not as expected, or not as
/// in `first`, the report of its group's first worker, in words; nothing if all
/// is well.
std::optional<std::string> FindMismatch(const ReadyReport& report,
                                        const ReadyReport& first,
                                        const Expectation& expectation);

}  // namespace hybrid

#endif  // HYBRID_POOL_EXPECTATION_H_
