#include "worker/cpu_count.h"

#include <gtest/gtest.h>

#include "base/clock.h"

namespace hybrid {
namespace {

/// Uses CPU time.
void UseCpuTime() {
  const std::int64_t end_ns = OwnCpuNs() + 20'000'000;
  while (OwnCpuNs() < end_ns) {
  }
}

TEST(CpuCountTest, LastWorkerToEndHasWhatAllUsed) {
  CpuCount count(2);
  for (int batch = 0; batch < 2; ++batch) {
    BatchReport first{.begin_ns = 0, .finish_ns = 20'000'000};
    BatchReport last = first;
    count.Begin();
    UseCpuTime();
    count.Begin();
    UseCpuTime();
    count.End(first);
    UseCpuTime();
    count.End(last);
    EXPECT_EQ(first.cpu_ns, 0);
    EXPECT_GE(last.cpu_ns, 60'000'000);
    // Nor what was used between two batches that are not short.
    EXPECT_LT(last.cpu_ns, 100'000'000);
    UseCpuTime();
    UseCpuTime();
  }
}

}  // namespace
}  // namespace hybrid
