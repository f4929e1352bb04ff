#ifndef HYBRID_COMPARE_SIDE_DIFFERENCES_H_
#define HYBRID_COMPARE_SIDE_DIFFERENCES_H_

#include <span>
#include <vector>

#include "compare/differences.h"
#include "compare/judge.h"

namespace hybrid {

/// Adds to `differences`, which stay sorted by weight, what of the library is
/// not the same where both sides ran the same configuration: kernels and
/// library build. Other kernels become a note of the configuration, too; that
/// the probe
/// (`--kernels=best`) chose them is no more than a note, because its choice is
/// part of what is measured.
void AddKernelDifferences(std::span<ComparedConfiguration> configurations,
                          std::vector<Difference>& differences);

/// Adds to `differences`, which stay sorted by weight, that workers lived on
/// through all repetitions on one side and were launched anew for each on the
/// other: then repetitions scatter as launches do, start cold, and may take
/// longer or less for it.
void AddLaunchDifference(std::span<const ComparedConfiguration> configurations,
                         std::vector<Difference>& differences);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_SIDE_DIFFERENCES_H_
