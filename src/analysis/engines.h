#ifndef HYBRID_ANALYSIS_ENGINES_H_
#define HYBRID_ANALYSIS_ENGINES_H_

#include <span>
#include <string>

#include "analysis/answer.h"
#include "analysis/split_result.h"
#include "key/key.h"

namespace hybrid {

/// Whether a text names the cause of each loss.
enum class WithCauses { kNo, kYes };

/// How the engines fare against each other in `answers`, by the best split of
/// each, in a sentence: "processes fastest or tied in 4 of 4 groups; threads
/// tie in 3, else take 1.20× the time; BLIS's batched call (cblas_dgemm_batch)
/// takes 1.30× to 2.0× the time, since: load is not parallel". Empty where only
/// one was measured, or none has a verdict.
std::string EnginesText(std::span<const Answer* const> answers,
                        WithCauses causes);

/// "threads", "BLIS's batched call (cblas_dgemm_batch)", "batched (a loop of
/// gemm)": the engine of `split`, which was measured in the group of `answer`.
std::string EngineText(const SplitResult& split, const Answer& answer);

/// The engine whose 1×1, cores × 1, … are the bases of comparison among
/// `splits`, which are ranked: processes where there are any, else that of the
/// first.
Engine BaseEngine(std::span<const SplitResult> splits);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_ENGINES_H_
