#ifndef HYBRID_COMPARE_IDENTITY_H_
#define HYBRID_COMPARE_IDENTITY_H_

#include <cstddef>
#include <set>
#include <span>
#include <string>

#include "analysis/recorded_ceilings.h"
#include "results/row.h"

namespace hybrid {

/// Each value that a column takes, but for empty ones.
using Values = std::set<std::string>;

/// What the rows of one side were measured with.
struct Identity {
  Values machine_ids;  ///< as MachineIdOf has them
  /// "host cores cache" of all rows, and of those without a machine_id, for
  /// which it stands.
  Values hosts_cores_caches, machines;
  Values cpu_models, memories, usable_cores, caches;
  Values blis_versions, library_kernels;
  Values schema_versions, seeds;
  Values hosts, operating_systems, git_commits, flags;
  Values days;  ///< dates of the measurements, UTC
  std::size_t runs = 0;
  RecordedCeilings ceilings;
};
Identity IdentityOf(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_IDENTITY_H_
