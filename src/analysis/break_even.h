#ifndef HYBRID_ANALYSIS_BREAK_EVEN_H_
#define HYBRID_ANALYSIS_BREAK_EVEN_H_

#include <cstdint>
#include <optional>

#include "analysis/group_key.h"
#include "analysis/split_result.h"

namespace hybrid {

/// The fewest tasks for which `split` beats `single`, both with the start of
/// their workers counted: the smallest B with start + B t < start' + B t',
/// where t is the time per task measured at the group's batch, and `single` has
/// the primes. Supposes that t doesn't depend on B. Nothing if `split` is no
/// faster per task, a time is missing, or a batch holds the start of a program,
/// which then t depends on.
std::optional<std::uint64_t> BreakEvenTasks(const GroupKey& key,
                                            const SplitResult& split,
                                            const SplitResult& single);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_BREAK_EVEN_H_
