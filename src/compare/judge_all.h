#ifndef HYBRID_COMPARE_JUDGE_ALL_H_
#define HYBRID_COMPARE_JUDGE_ALL_H_

#include <vector>

#include "compare/comparison.h"
#include "compare/judge.h"

namespace hybrid {

/// Gives the verdicts on all configurations of `comparison`, of which no more
/// is known than what identifies them, both sides and the noise floor: measures
/// and tests the times, finds what runs scatter by, and counts tests and
/// repetitions. What neither side measured is taken out and counted.
void JudgeAll(Comparison& comparison);

/// Puts the worst first: by change, then by how far apart the medians are.
void SortWorstFirst(std::vector<ComparedConfiguration>& all);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_JUDGE_ALL_H_
