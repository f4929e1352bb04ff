#ifndef HYBRID_COMPARE_COMPARE_MARKDOWN_H_
#define HYBRID_COMPARE_COMPARE_MARKDOWN_H_

#include <string>

#include "compare/comparison.h"
#include "compare/output_settings.h"

namespace hybrid {

/// As a comment on a pull request: GitHub's Markdown, what is no regression and
/// no improvement folded away.
std::string CompareMarkdown(const Comparison& comparison,
                            const OutputSettings& settings);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_COMPARE_MARKDOWN_H_
