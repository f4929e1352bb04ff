#ifndef HYBRID_CLUSTER_ALLOCATION_H_
#define HYBRID_CLUSTER_ALLOCATION_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// The hosts that a batch system has given this process, or that a variable of
/// a launcher's names.
struct Allocation {
  std::string_view variable;  ///< that says so; empty: none does
  /// The launchers that know it, best first: names of rows of the table.
  std::span<const std::string_view> launchers;
  std::vector<std::string> hosts;  ///< none where only the launcher has names
  std::size_t host_count = 0;      ///< 0: not known
};

/// What the variables of `environment` (NAME=value each), and files that they
/// name, say. A Slurm allocation comes before all else.
Allocation FindAllocation(const std::vector<std::string>& environment);

/// One line that says why this process must not measure: a launcher has started
/// it several times, as ranks of one program, and what to do instead. Nothing
/// if it is the only one.
std::optional<std::string> WhyRank(const std::vector<std::string>& environment);

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_ALLOCATION_H_
