#ifndef HYBRID_COMPARE_COMPARE_MARKDOWN_H_
#define HYBRID_COMPARE_COMPARE_MARKDOWN_H_

#include <string>

#include "compare/comparison.h"
#include "compare/output_settings.h"

namespace hybrid {

/// The comparison as a comment on a pull request, in GitHub's Markdown: a
/// headline, what differs, a table of regressions and improvements, and all
/// other configurations folded away.
std::string CompareMarkdown(const Comparison& comparison,
                            const OutputSettings& settings);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_COMPARE_MARKDOWN_H_
