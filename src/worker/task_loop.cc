#include "worker/task_loop.h"

#include <algorithm>
#include <optional>

#include "base/clock.h"

namespace hybrid {
namespace {

/// Adds what the tasks last operated on took, `measured_ns` by our clock.
void AddPhases(const TaskRunner& runner, std::int64_t measured_ns,
               BatchReport& report, LatencyHistogram& latencies) {
  const std::optional<Phases> phases = runner.phases();
  report.load_ns += phases ? phases->load_ns : 0;
  report.operate_ns += phases ? phases->operate_ns : measured_ns;
  if (phases) latencies.NoteMax(phases->max_ns);
}

}  // namespace

BatchReport RunTasks(TaskSource& source, TaskRunner& runner,
                     std::int64_t deadline_ns, LatencyHistogram& latencies) {
  const bool loads = runner.loads();
  std::uint64_t chunk = runner.first_chunk();
  std::int64_t now_ns = NowNs();
  BatchReport report{.begin_ns = now_ns};
  while (true) {
    const std::int64_t starved_ns = source.starved_ns();
    const TaskRange tasks = source.Claim(chunk);
    if (tasks.count == 0) break;
    if (source.starved_ns() > starved_ns) {
      report.starved_ns += source.starved_ns() - starved_ns;
      now_ns = NowNs();
    }
    const std::int64_t chunk_begin_ns = now_ns;
    if (loads) {
      runner.Load(tasks);
      const std::int64_t loaded_ns = NowNs();
      report.load_ns += loaded_ns - now_ns;
      now_ns = loaded_ns;
    }
    runner.Operate(tasks);
    const std::int64_t operated_ns = NowNs();
    AddPhases(runner, operated_ns - now_ns, report, latencies);
    now_ns = operated_ns;
    report.tasks += tasks.count;
    latencies.Add(now_ns - chunk_begin_ns, tasks.count);
    if (now_ns >= deadline_ns) break;
    if (!loads && tasks.count == chunk &&
        now_ns - chunk_begin_ns < runner.long_enough_ns()) {
      chunk = std::min(2 * chunk, runner.max_chunk());
    }
  }
  report.finish_ns = now_ns;
  return report;
}

}  // namespace hybrid
