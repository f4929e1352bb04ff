#include "measure/thread_use.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hybrid {
namespace {

std::string AskedText(std::uint64_t asked) {
  return fmt::format("{} {}", asked, asked == 1 ? "was" : "were");
}

/// Adds threads that came and went, which were as busy as `like_busiest`
/// threads that stay.
void AddEnded(double like_busiest, std::uint64_t asked, ThreadUse& use) {
  if (like_busiest < kAtWork) return;
  // Whoever calls the BLAS does an equal part of the work: the others together
  // no more than `asked` - 1 such parts. The rest allows for unequal turns.
  if (like_busiest > 2 * static_cast<double>(asked) - 1) {
    use.excess = fmt::format(
        "kept starting threads, which had {:.1f} times the CPU time of its "
        "own, where {} asked for",
        like_busiest, AskedText(asked));
    return;
  }
  const auto came =
      static_cast<std::uint64_t>(std::max(1.0, std::round(like_busiest)));
  for (std::uint64_t* const count : {&use.at_least, &use.at_most}) {
    *count = std::max(*count, std::min(*count + came, asked));
  }
}

}  // namespace

std::optional<ThreadUse> FindThreadUse(const ProcessCounters& spent,
                                       std::uint64_t asked, double spin_s) {
  if (spent.threads.empty()) return std::nullopt;
  const auto busiest = std::max_element(
      spent.threads.begin(), spent.threads.end(),
      [](const ThreadCpu& a, const ThreadCpu& b) { return a.cpu_s < b.cpu_s; });
  if (std::max(busiest->cpu_s, spent.ended_cpu_s) < kLeastCpuS) {
    return std::nullopt;
  }
  const double busiest_s = std::max(busiest->cpu_s, kLeastCpuS);
  double all_s = spent.ended_cpu_s;
  // The busiest one calls the BLAS, or works for the one that does.
  ThreadUse use{.at_least = 1, .at_most = 1};
  for (auto thread = spent.threads.begin(); thread != spent.threads.end();
       ++thread) {
    all_s += thread->cpu_s;
    if (thread == busiest) continue;
    if (thread->cpu_s >= kAtWork * busiest_s) ++use.at_most;
    if (thread->cpu_s - spin_s >= kAtWork * busiest_s) ++use.at_least;
  }
  use.cpu_share = all_s / (static_cast<double>(asked) * busiest_s);
  if (use.at_least > asked) {
    use.excess =
        fmt::format("ran {} threads, by their CPU time, where {} asked for",
                    use.at_least, AskedText(asked));
    return use;
  }
  AddEnded(spent.ended_cpu_s / busiest_s, asked, use);
  return use;
}

}  // namespace hybrid
