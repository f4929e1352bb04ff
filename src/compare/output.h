#ifndef HYBRID_COMPARE_OUTPUT_H_
#define HYBRID_COMPARE_OUTPUT_H_

#include <string>

#include "base/json_fwd.h"
#include "compare/comparison.h"

namespace hybrid {

/// What a comparison is called and how much of it is shown.
struct OutputSettings {
  std::string baseline;  ///< its files
  std::string now;       ///< the new ones
  bool all = false;      ///< also list what is the same
  bool anyway = false;   ///< refused, and yet shown
  bool gate = false;     ///< end with the gate's verdict
};

/// For terminals: what differs, a table of what is not the same, worst first,
/// best splits that changed, and a summary.
std::string CompareText(const Comparison& comparison,
                        const OutputSettings& settings);

/// As a comment on a pull request: GitHub's Markdown, what is no regression and
/// no improvement folded away.
std::string CompareMarkdown(const Comparison& comparison,
                            const OutputSettings& settings);

/// One record per configuration, whatever `all` says; times in seconds.
std::string CompareCsv(const Comparison& comparison);

/// Everything, whatever `all` says; times in seconds.
JsonObject ComparisonJson(const Comparison& comparison,
                          const OutputSettings& settings);

/// ComparisonJson as a document. What is not UTF-8 is replaced by U+FFFD.
std::string CompareJson(const Comparison& comparison,
                        const OutputSettings& settings);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_OUTPUT_H_
