#ifndef HYBRID_ANALYSIS_BREAK_EVEN_H_
#define HYBRID_ANALYSIS_BREAK_EVEN_H_

#include <cstdint>
#include <optional>

#include "analysis/group_key.h"
#include "analysis/split_result.h"

namespace hybrid {

/// The fewest tasks B for which `split` beats `single` with the start of its
/// workers counted: start + B t < single start + B t of single, with t the
/// measured time per task at the group's batch. Supposes that t doesn't depend
/// on B. Nothing if `split` is no faster per task, or a time is missing.
std::optional<std::uint64_t> BreakEvenTasks(const GroupKey& key,
                                            const SplitResult& split,
                                            const SplitResult& single);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_BREAK_EVEN_H_
