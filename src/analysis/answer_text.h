#ifndef HYBRID_ANALYSIS_ANSWER_TEXT_H_
#define HYBRID_ANALYSIS_ANSWER_TEXT_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/overall.h"

namespace hybrid {

/// The answers as plain UTF-8 text for people: per machine its ceilings and
/// noise floor; each group's best split, what ties with it, its gains, kernels
/// and the lines that put it to use, and why the others are slower; then the
/// split to use if it must be one. What was not measured is called so.
std::string AnswerText(std::span<const Answer> answers);

/// The part of it about one machine's groups together.
/// `conditions` tells them apart where the machine has groups of several.
std::string OverallText(const Overall& overall,
                        const std::string& conditions = "");

/// How one split of `groups` groups fares: "fastest or tied in 5 of 6, at worst
/// 1.05× the best one's time, capped in 1".
std::string TallyText(const SplitTally& tally, std::size_t groups);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_ANSWER_TEXT_H_
