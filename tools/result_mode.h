#ifndef HYBRID_TOOLS_RESULT_MODE_H_
#define HYBRID_TOOLS_RESULT_MODE_H_

#include <string>
#include <vector>

#include "compare/judge.h"
#include "compared_inputs.h"
#include "traced_comparison.h"

namespace hybrid {

/// Which result files are compared, and how.
struct ResultFiles {
  std::vector<std::string> baseline;
  std::vector<std::string> now;
  std::string filter;   ///< of configurations; empty takes all
  bool anyway = false;  ///< also of schemas that are not known
  CompareSettings settings{};
};

/// Reads and compares the files; notes go to standard error. Throws
/// ResultsError for files that can't be read, and std::runtime_error for a run
/// that is on both sides.
TracedComparison CompareResultFiles(const ResultFiles& files,
                                    ComparedInputs& inputs);

}  // namespace hybrid

#endif  // HYBRID_TOOLS_RESULT_MODE_H_
