#ifndef HYBRID_CLUSTER_HOST_SURVEY_H_
#define HYBRID_CLUSTER_HOST_SURVEY_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ceilings/ceilings.h"
#include "cluster/agents.h"
#include "machine/machine.h"
#include "machine/machine_kind.h"

namespace hybrid {

/// The machines of the first `host_count` hosts of `cluster`: what agents say
/// of them. Throws as HostGroup.
std::vector<Machine> SurveyHosts(const ClusterSettings& cluster,
                                 std::size_t host_count,
                                 const std::function<bool()>& interrupted);

/// What is found out of hosts beside their machines.
struct HostQuestions {
  bool with_ceilings = true;
  bool with_single = false;  ///< those of float32, too
  std::string blas{};        ///< whose kernels; empty: of none
};

/// What one of several hosts is and can do, and how far away it is.
struct HostFacts {
  std::string name{};
  Machine machine{};
  MachineKind kind{};
  /// Nothing where it was not asked, or the system gives no memory or threads.
  std::optional<Ceilings> ceilings{};
  /// That the library chooses by itself there, and what it says it is; empty
  /// where it was not asked, or does not start there.
  std::string kernels{};
  std::string blas_version{};
  /// An empty message to the agent, which sleeps, and its answer: the median of
  /// many.
  double round_trip_s = 0;
  /// From this process to the agent, encrypted: the best of some trials.
  double link_bytes_per_s = 0;
};

/// Asks the first `host_count` hosts of `cluster`. Ceilings are measured on all
/// of them at a time; on each link there is nothing else meanwhile. Throws as
/// HostGroup.
std::vector<HostFacts> LookAtHosts(const ClusterSettings& cluster,
                                   std::size_t host_count,
                                   const HostQuestions& questions,
                                   const std::function<bool()>& interrupted);

/// The ceilings of the weakest of `hosts`: together, hosts that differ can do
/// no less than so many of it, and equal ones just that. Nothing if those of
/// one are not known.
std::optional<Ceilings> WeakestCeilings(const std::vector<HostFacts>& hosts);

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_HOST_SURVEY_H_
