#ifndef HYBRID_COMPARE_JUDGE_STATUS_H_
#define HYBRID_COMPARE_JUDGE_STATUS_H_

#include "compare/judge.h"

namespace hybrid {

/// Gives the verdict where a side is missing, did not complete undisturbed, or
/// was of no more interest to a search: sets `change`, which was kCannotTell,
/// `reason`, `lacks_repetitions`, `left_out`, and as `ratio` a bound where one
/// side was capped. False if both sides completed: then the times have to
/// tell.
bool JudgeByStatus(const CompareSettings& settings,
                   ComparedConfiguration& compared);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_JUDGE_STATUS_H_
