#ifndef HYBRID_WORKER_LANES_H_
#define HYBRID_WORKER_LANES_H_

#include <cstddef>
#include <functional>

namespace hybrid {

/// Calls `body(0)` … `body(lanes - 1)` at once, each on a thread of its own,
/// the first on the calling one, and returns when all have returned; `body` may
/// not throw. Their stacks are of kCallerStackBytes. Throws std::system_error
/// if one can't be started: `body` is then called by none.
void RunLanes(std::size_t lanes,
              const std::function<void(std::size_t lane)>& body);

}  // namespace hybrid

#endif  // HYBRID_WORKER_LANES_H_
