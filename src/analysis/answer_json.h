#ifndef HYBRID_ANALYSIS_ANSWER_JSON_H_
#define HYBRID_ANALYSIS_ANSWER_JSON_H_

#include <span>
#include <string>

#include "analysis/answer.h"

namespace hybrid {

/// The answers for programs, as indented JSON: how far they can be trusted, and
/// per way of measuring the rules that say what to use (none without trust) and
/// each group with its splits, verdicts, causes and gains; then how libraries
/// fare that were measured alike. Times are seconds per batch; what is not
/// known is null. `launched` is what the launches of one run say together:
/// `rounds` are those of a grid, or of a search's race, `chance` and
/// `gain_missed` those of Statement, `estimated_grid_s` what a search spared.
std::string AnswerJson(std::span<const Answer> answers);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_ANSWER_JSON_H_
