#ifndef HYBRID_ANALYSIS_ANSWER_TEXT_H_
#define HYBRID_ANALYSIS_ANSWER_TEXT_H_

#include <cstddef>
#include <span>
#include <string>

#include "analysis/answer.h"
#include "analysis/overall.h"

namespace hybrid {

/// The answers as plain UTF-8 text for people: per machine its ceilings and
/// noise floor; each group's best split, what ties with it, its gains, kernels
/// and the lines that put it to use, and why the others are slower; then the
/// split to use if it must be one. What was not measured is called so.
std::string AnswerText(std::span<const Answer> answers);

/// The part of the answer about all groups of one machine together: the split
/// to use if it must be one, how each split fares, and the lines to use; empty
/// if no group counts. `conditions`, if given, are named in its title: where a
/// machine has groups of several, each has such a text of its own.
std::string OverallText(const Overall& overall,
                        const std::string& conditions = "");

/// How one split fares over `groups` groups: "fastest or tied in 5 of 6, at
/// worst 1.05× the best one's time, capped in 1".
std::string TallyText(const SplitTally& tally, std::size_t groups);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_ANSWER_TEXT_H_
