#ifndef HYBRID_WORKER_LANES_H_
#define HYBRID_WORKER_LANES_H_

#include <cstddef>
#include <functional>

namespace hybrid {

/// Calls `body(0)` … `body(lanes - 1)` at once, each on a thread of its own,
/// the first on the calling one, and returns when all have returned; `body` may
/// not throw. The threads' stacks are deep enough for what LAPACK's recursion
/// puts there (OpenBLAS's getrf: half a MiB a level). Throws std::system_error
/// if a thread can't be started: the others are then at work.
void RunLanes(std::size_t lanes,
              const std::function<void(std::size_t lane)>& body);

}  // namespace hybrid

#endif  // HYBRID_WORKER_LANES_H_
