#include "worker/task_loop.h"

#include <algorithm>

#include "base/clock.h"

namespace hybrid {
namespace {

/// A claim and its two time stamps take some 100 ns; a chunk of this length
/// makes that half a percent.
constexpr std::int64_t kLongEnoughNs = 20000;

}  // namespace

BatchReport RunTasks(TaskSource& source, TaskRunner& runner,
                     std::int64_t deadline_ns, LatencyHistogram& latencies) {
  const bool loads = runner.loads();
  std::uint64_t chunk = runner.takes_all() ? runner.max_chunk() : 1;
  std::int64_t now_ns = NowNs();
  BatchReport report{.begin_ns = now_ns};
  while (true) {
    const TaskRange tasks = source.Claim(chunk);
    if (tasks.count == 0) break;
    const std::int64_t chunk_begin_ns = now_ns;
    if (loads) {
      runner.Load(tasks);
      const std::int64_t loaded_ns = NowNs();
      report.load_ns += loaded_ns - now_ns;
      now_ns = loaded_ns;
    }
    runner.Operate(tasks);
    const std::int64_t operated_ns = NowNs();
    report.operate_ns += operated_ns - now_ns;
    now_ns = operated_ns;
    report.tasks += tasks.count;
    latencies.Add(now_ns - chunk_begin_ns, tasks.count);
    if (now_ns >= deadline_ns) break;
    if (!loads && tasks.count == chunk &&
        now_ns - chunk_begin_ns < kLongEnoughNs) {
      chunk = std::min(2 * chunk, runner.max_chunk());
    }
  }
  report.finish_ns = now_ns;
  return report;
}

}  // namespace hybrid
