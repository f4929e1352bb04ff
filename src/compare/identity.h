#ifndef HYBRID_COMPARE_IDENTITY_H_
#define HYBRID_COMPARE_IDENTITY_H_

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "analysis/recorded_ceilings.h"
#include "results/row.h"

namespace hybrid {

/// Each value that a column takes, but for empty ones.
using Values = std::set<std::string>;

/// What the rows of one side were measured with.
struct Identity {
  Values machine_ids;
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

/// How much a difference between the sides weighs.
enum class Weight {
  kRefused,      ///< the comparison means nothing: machine, BLIS, kernels
  kNote,         ///< may explain differences of times
  kInformation,  ///< such as another commit, which may be what is compared
};

/// Something that is not the same on both sides.
struct Difference {
  Weight weight = Weight::kInformation;
  std::string what;      ///< "BLIS version"
  std::string baseline;  ///< what it is there, several separated by ", "
  std::string now;
  /// A sentence of its own instead; may be empty.
  std::string text;
};
/// "BLIS version: 0.9.0 in the baseline, 1.0 in the new results".
std::string DifferenceText(const Difference& difference);

/// What is not the same on both sides, the weightiest first. A column that one
/// side lacks altogether makes no difference, save for the machine.
std::vector<Difference> FindDifferences(const Identity& baseline,
                                        const Identity& now);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_IDENTITY_H_
