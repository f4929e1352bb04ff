#ifndef HYBRID_TOOLS_TRACED_COMPARISON_H_
#define HYBRID_TOOLS_TRACED_COMPARISON_H_

#include <functional>
#include <vector>

#include "compare/comparison.h"
#include "compare/side_runs.h"

namespace hybrid {

/// The runs that a side has of a configuration.
using RunFinder =
    std::function<std::vector<SideRun>(const ComparedConfiguration&)>;

/// A comparison, and where its samples are from.
struct TracedComparison {
  Comparison comparison;
  RunFinder baseline{};  ///< none: not of files
  RunFinder now{};
};

}  // namespace hybrid

#endif  // HYBRID_TOOLS_TRACED_COMPARISON_H_
