#ifndef HYBRID_MEASURE_NOISE_TRIAL_H_
#define HYBRID_MEASURE_NOISE_TRIAL_H_

#include <cstdint>

#include "measure/trial.h"

namespace hybrid {

/// The A/A check: launches one pool after the other, A and B, in alternating
/// order, and measures both alike, so that what differs between them is noise,
/// that of launching included. Leaves a row of each, its variant kNoiseA or
/// kNoiseB; an iteration is a batch of both. The row of a side that is capped
/// is the only one.
class NoiseTrial {
 public:
  /// A Trial.
  TrialResult operator()(const Key& key, std::uint64_t iterations,
                         const RunContext& context, RunState& state);

 private:
  bool b_first_ = false;
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_NOISE_TRIAL_H_
