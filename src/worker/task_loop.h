#ifndef HYBRID_WORKER_TASK_LOOP_H_
#define HYBRID_WORKER_TASK_LOOP_H_

#include <cstdint>

#include "protocol/control_block.h"
#include "protocol/latency_histogram.h"
#include "worker/task_runner.h"
#include "worker/task_source.h"

namespace hybrid {

/// Runs tasks until the source has none left or `deadline_ns` (CLOCK_MONOTONIC)
/// has passed, at least one claim in any case, and times the phases. Tiny
/// tasks are claimed and time-stamped in chunks, so that both together cost
/// about 1 % of the work at most. Adds each task's latency to `latencies`, the
/// chunk's mean for those that were claimed together.
BatchReport RunTasks(TaskSource& source, TaskRunner& runner,
                     std::int64_t deadline_ns, LatencyHistogram& latencies);

}  // namespace hybrid

#endif  // HYBRID_WORKER_TASK_LOOP_H_
