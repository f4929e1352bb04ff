#ifndef HYBRID_CEILINGS_SPEED_CHECK_H_
#define HYBRID_CEILINGS_SPEED_CHECK_H_

#include <functional>
#include <optional>
#include <span>

#include "ceilings/ceilings.h"
#include "ceilings/peak.h"
#include "ceilings/team.h"
#include "machine/topology.h"

namespace hybrid {

/// Tells how fast the cores run right now. A hypervisor that puts two virtual
/// cores on one real one halves their speed and shows it nowhere: no steal, no
/// waiting for a CPU. Heat and power limits show as little. Only a loop of
/// known work does.
class SpeedCheck {
 public:
  /// For the cores that `ceilings` were measured on.
  SpeedCheck(std::span<const CpuList> cores, const Ceilings& ceilings,
             std::function<bool()> interrupted);

  /// The multiply-add rate of all cores at once, the best of a few half
  /// milliseconds, as a share of the peak, and so never above 1: a higher rate
  /// is the better peak. Nothing if interrupted. For moments when nobody else
  /// is at work.
  std::optional<double> Measure();

  /// The highest rate of all cores that was seen, in 10⁹ operations per second.
  double peak_gflops() const { return peak_gflops_; }

 private:
  CoreTeam team_;
  PeakLoop loop_;
  double peak_gflops_;
};

}  // namespace hybrid

#endif  // HYBRID_CEILINGS_SPEED_CHECK_H_
