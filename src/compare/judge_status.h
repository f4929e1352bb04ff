#ifndef HYBRID_COMPARE_JUDGE_STATUS_H_
#define HYBRID_COMPARE_JUDGE_STATUS_H_

#include "compare/judge.h"

namespace hybrid {

/// Sets `change`, `reason` and what is lacking where at least one side did not
/// complete all repetitions, or is missing. False: the times have to tell.
bool JudgeByStatus(ComparedConfiguration& compared);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_JUDGE_STATUS_H_
