#ifndef HYBRID_SEARCH_SIMULATED_RUN_H_
#define HYBRID_SEARCH_SIMULATED_RUN_H_

#include <cstdint>
#include <vector>

#include "base/simulated_random.h"
#include "search/launch.h"
#include "search/search_group.h"
#include "search/search_simulator.h"

namespace hybrid {

/// The machine's time: the same work takes longer while it is disturbed.
class SimulatedClock {
 public:
  SimulatedClock(const SimulatedMachine& machine, SimulatedRandom& random);

  double now_s() const { return now_s_; }
  double elapsed_s() const { return now_s_ - start_s_; }
  void Advance(double seconds) { now_s_ += seconds; }
  /// When `work_s` more would be done that take so long undisturbed.
  double When(double work_s) const;

 private:
  double start_s_, now_s_;
  // Pieces of constant speed, and the work done until each begins; over and
  // over.
  std::vector<double> begins_, work_;
};

/// A run on a group's machine: measures, and takes time for it.
class SimulatedRun {
 public:
  SimulatedRun(const SimulatedGroup& group, std::uint64_t seed);

  double elapsed_s() const { return clock_.elapsed_s(); }
  void Advance(double seconds) { clock_.Advance(seconds); }

  /// Starts workers; what these differ by from others.
  double Start(const SimulatedSplit& split);
  struct Batches {
    double seconds;  ///< or the cap
    bool is_capped;
  };
  struct Manner {
    double least_s = kLaunchS;
    double cap_s = kSearchCutOff.first_s;
    bool warms_up = true;
    bool takes_median = true;  ///< not the mean
  };
  Batches Measure(const SimulatedSplit& split, double launch,
                  const Manner& manner);
  /// A task of 1×1, in a launch of its own.
  Launch MeasureTask(const PlannedLaunch& planned);

 private:
  const SimulatedGroup& group_;
  SimulatedRandom random_;
  SimulatedClock clock_;
};

}  // namespace hybrid

#endif  // HYBRID_SEARCH_SIMULATED_RUN_H_
