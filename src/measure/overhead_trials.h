#ifndef HYBRID_MEASURE_OVERHEAD_TRIALS_H_
#define HYBRID_MEASURE_OVERHEAD_TRIALS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "measure/trial.h"

namespace hybrid {

/// A trial whose iteration is one batch, of which only the gate is timed: from
/// its opening to the last worker running.
TrialResult GateTrial(const Key& key, std::uint64_t iterations,
                      const RunContext& context, RunState& state);

/// A trial whose iteration launches a pool, from the first vfork to the last
/// worker ready, while this process holds `ballast_bytes` of memory.
class StartTrial {
 public:
  explicit StartTrial(std::size_t ballast_bytes = 0)
      : ballast_bytes_(ballast_bytes) {}

  /// A Trial.
  TrialResult operator()(const Key& key, std::uint64_t iterations,
                         const RunContext& context, RunState& state);

 private:
  std::size_t ballast_bytes_;
  std::vector<char> ballast_;
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_OVERHEAD_TRIALS_H_
