#ifndef HYBRID_COMPARE_SIDE_DIFFERENCES_H_
#define HYBRID_COMPARE_SIDE_DIFFERENCES_H_

#include <span>
#include <vector>

#include "compare/identity.h"
#include "compare/judge.h"

namespace hybrid {

/// Adds to `differences`, weightiest first, what of BLIS is not the same where
/// both sides ran the same configuration: kernels and library build. That the
/// probe (`--kernels=best`) chose other kernels is a note, also on the
/// configuration itself, because its choice is part of what is measured.
void AddKernelDifferences(std::span<ComparedConfiguration> configurations,
                          std::vector<Difference>& differences);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_SIDE_DIFFERENCES_H_
