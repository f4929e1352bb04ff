#ifndef HYBRID_ANALYSIS_HOSTS_H_
#define HYBRID_ANALYSIS_HOSTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/recorded_hosts.h"
#include "key/key.h"

namespace hybrid {

/// How much faster a split of several hosts is than the best one of one host,
/// in the groups where it is the one to use.
struct HostsTally {
  Split split;
  std::size_t groups = 0;
  double least = 0;  ///< speed-up
  double most = 0;

  /// What of a speed-up each host adds: all of it is 1.
  double EfficiencyOf(double speedup) const {
    return speedup / static_cast<double>(split.host_count);
  }
};

/// Up to which batch one host was enough: at all that were measured of this n.
struct EnoughBatch {
  std::uint64_t n = 0;
  std::uint64_t batch = 0;
  bool is_all = false;  ///< no larger one was measured
};

/// What several hosts are worth in the groups of one way of measuring.
struct HostsVerdict {
  std::size_t groups = 0;  ///< in which one host and several were measured
  std::size_t enough = 0;  ///< of these: one host is the fastest or ties
  /// The splits of several hosts to use in the others, those of most groups
  /// first. What could not be told from noise, or has no time on one host, is
  /// in none.
  std::vector<HostsTally> tallies;
  std::vector<EnoughBatch> enough_up_to;  ///< by n
  std::size_t n_count = 0;                ///< different n of the groups
  std::optional<SlowHost> slow;  ///< one of all hosts that were looked at
};

/// Nothing where no group has ranked splits of one host and of several.
std::optional<HostsVerdict> CompareHosts(
    std::span<const Answer* const> answers);

/// How many times as fast `split` is as the best of one host, both of `answer`;
/// nothing if one has no time.
std::optional<double> SpeedupOverOneHost(const Answer& answer,
                                         const SplitResult& split);

/// "4 hosts × 8×1: 3.7× one host (92 %); at batch ≤ 200 one host is enough",
/// and behind that a slow host.
std::string HostsText(const HostsVerdict& verdict);

/// The lines of a group about the best split of each number of hosts: its
/// speed-up, and what the slowest host waited for. Empty without hosts.
std::string HostsLines(const Answer& answer);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_HOSTS_H_
