#include "worker/cpu_count.h"

#include <utility>

#include "base/clock.h"

namespace hybrid {
namespace {

/// Beside a batch of this length a look at the CPU clock, a system call, is
/// nothing.
constexpr std::int64_t kLongBatchNs = 200000;

}  // namespace

void CpuCount::Begin() {
  if (begun_.fetch_add(1) == 0 && looks_) before_ns_ = OwnCpuNs();
}

void CpuCount::End(BatchReport& report) {
  if (ended_.fetch_add(1) + 1 < workers_) return;
  // Nobody begins before this worker, too, has said that it is done.
  begun_ = 0;
  ended_ = 0;
  const std::int64_t now_ns = OwnCpuNs();
  report.cpu_ns = now_ns - std::exchange(before_ns_, now_ns);
  looks_ = report.finish_ns - report.begin_ns >= kLongBatchNs;
}

}  // namespace hybrid
