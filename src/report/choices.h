#ifndef HYBRID_REPORT_CHOICES_H_
#define HYBRID_REPORT_CHOICES_H_

#include <cstddef>
#include <span>
#include <vector>

#include "analysis/answer.h"
#include "base/json_fwd.h"

namespace hybrid {

/// Groups that a page shows side by side: they differ in details alone.
struct Choice {
  std::vector<std::size_t> groups;  ///< places among all answers, by details
  /// Of an operation that has flops: GFLOP/s, else tasks/s.
  bool has_flops = false;
};

/// All choices, in the order in which a page offers them: those that no one
/// would look at first, of the operation `none`, last.
std::vector<Choice> FindChoices(std::span<const Answer> answers);

/// A choice with its headline (the split to use if it must be one for all its
/// groups) and the splits that its curves single out.
Json ChoiceJson(const Choice& choice, std::span<const Answer> answers);

}  // namespace hybrid

#endif  // HYBRID_REPORT_CHOICES_H_
