#ifndef HYBRID_ANALYSIS_RECORDED_HOSTS_H_
#define HYBRID_ANALYSIS_RECORDED_HOSTS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results/row.h"

namespace hybrid {

/// One of the hosts that share work, as rows of the family Hosts say it.
struct RecordedHost {
  std::string name;
  std::optional<double> peak_gflops;  ///< of all its usable cores
};

/// A host whose cores do less than this part of what those of the others do is
/// a slow one: more than two measurements of equal ones differ by.
inline constexpr double kSlowHostBelow = 0.9;

/// A host that is slower than the others.
struct SlowHost {
  std::string name;
  double peak_gflops = 0;
  double others_gflops = 0;  ///< the median of theirs
  std::size_t host_count = 0;

  /// What all hosts would do more if it were as fast as the others: at least 1.
  double Loss() const;
  /// "slow host h2: peak 41.2 GFLOP/s, the others' 59.3"
  std::string Text() const;
};

/// The newest row of each host, in the order of their names: those of the runs
/// of `machine`, which is Row::host of them all.
std::vector<const Row*> HostsOf(std::span<const Row> rows,
                                const std::string& machine);

std::vector<RecordedHost> RecordedHostsOf(std::span<const Row> rows,
                                          const std::string& machine);

/// The slowest of `hosts`, if it is a slow one; nothing where the peak of one
/// is not known.
std::optional<SlowHost> FindSlowHost(std::span<const RecordedHost> hosts);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_RECORDED_HOSTS_H_
