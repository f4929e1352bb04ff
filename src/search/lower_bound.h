#ifndef HYBRID_SEARCH_LOWER_BOUND_H_
#define HYBRID_SEARCH_LOWER_BOUND_H_

#include <optional>

#include "key/key.h"
#include "search/search_group.h"

namespace hybrid {

/// A task of 1×1 on one host.
struct TaskPhases {
  double load_s = 0;
  double operate_s = 0;
};

/// The seconds per batch that `split` takes at least if its threads share
/// operating perfectly and loading not at all: ⌈batch/workers⌉ tasks in turn,
/// of the workers of all hosts, and nothing for the way there. Where it has
/// more threads than there are cores, these share all work. Nothing of a
/// batched call, which may take less for a task than single calls do.
std::optional<double> LowerBound(const SearchGroup& group, const Split& split,
                                 const TaskPhases& one);

}  // namespace hybrid

#endif  // HYBRID_SEARCH_LOWER_BOUND_H_
