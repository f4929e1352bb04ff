#ifndef HYBRID_REPORT_CHOICES_H_
#define HYBRID_REPORT_CHOICES_H_

#include <cstddef>
#include <span>
#include <vector>

#include "analysis/answer.h"
#include "analysis/trust.h"
#include "base/json_fwd.h"

namespace hybrid {

/// Groups that a page shows side by side: they differ in details alone.
struct Choice {
  std::vector<std::size_t> groups;  ///< indices of answers, ordered by details
  /// The operation has flops: throughput is in GFLOP/s, and in tasks/s if not.
  bool has_flops = false;
  TrustVerdict trust;  ///< in all of its groups together
};

/// The choices among the groups of `answers`, in the order in which a page
/// offers them: those of the operation `none`, at which no one would look
/// first, last.
std::vector<Choice> FindChoices(std::span<const Answer> answers);

/// `choice`, one of FindChoices(answers), as the page reads it: its groups, its
/// headline (the split to use if it must be one for all of them, null if there
/// is none), a note, the unit of throughput, and the splits that its curves
/// single out.
Json ChoiceJson(const Choice& choice, std::span<const Answer> answers);

}  // namespace hybrid

#endif  // HYBRID_REPORT_CHOICES_H_
