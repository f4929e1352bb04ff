#ifndef HYBRID_ANALYSIS_ANSWER_TEXT_H_
#define HYBRID_ANALYSIS_ANSWER_TEXT_H_

#include <span>
#include <string>

#include "analysis/answer.h"

namespace hybrid {

/// The answers as plain UTF-8 text for people: per machine its ceilings and
/// noise floor; each group's best split, what ties with it, its gains, kernels,
/// and why the others are slower; then what to use over all groups, and how
/// each split fares in them. What was not measured is called so.
std::string AnswerText(std::span<const Answer> answers);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_ANSWER_TEXT_H_
