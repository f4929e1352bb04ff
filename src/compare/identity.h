#ifndef HYBRID_COMPARE_IDENTITY_H_
#define HYBRID_COMPARE_IDENTITY_H_

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>

#include "analysis/recorded_ceilings.h"
#include "results/row.h"

namespace hybrid {

/// Each value that a column takes in some rows, but for empty ones.
using Values = std::set<std::string>;

/// Values by the library (`blas`) that they were measured with.
using LibraryValues = std::map<std::string, Values>;

/// What the rows of one side were measured with. What has no comment holds the
/// values of the column of that name.
struct Identity {
  Values machine_ids;         ///< as MachineIdOf has them
  Values machines;            ///< "host cores cache" of rows without such an id
  Values hosts_cores_caches;  ///< "host cores cache" of all rows
  Values cpu_models;
  Values memories;  ///< bytes
  Values usable_cores;
  Values caches;  ///< bytes
  LibraryValues blas_versions;
  LibraryValues library_kernels;
  Values schema_versions;
  Values seeds;
  Values hosts;
  Values operating_systems;
  Values git_commits;
  Values flags;          ///< whole command lines
  Values days;           ///< dates of the measurements, UTC: "2026-11-22"
  std::size_t runs = 0;  ///< how many run_ids there are
  /// Measured in turn, how many rounds these runs are of; else 0.
  std::size_t rounds = 0;
  RecordedCeilings ceilings;
};

/// What `rows` say that they were measured with.
Identity IdentityOf(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_IDENTITY_H_
