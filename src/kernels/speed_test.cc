#include "kernels/speed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kernels/test_settings.h"

namespace hybrid {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Whatever BLIS chooses by itself.
const std::vector<Kernels> kAny{{"", ""}};

TEST(SpeedTest, MeasuresEachOfTheKernels) {
  for (const std::uint32_t blas_threads : {1U, 2U}) {
    const std::vector<KernelsSpeed> speeds =
        MeasureSpeeds(kAny, 40, blas_threads, With(HYBRID_WORKER), 0.05);
    ASSERT_THAT(speeds, SizeIs(1));
    EXPECT_GT(speeds[0].gflops, 0);
  }
}

class FailingKernelsTest : public ::testing::TestWithParam<const char*> {};

// Whenever the kernels fail, and with any number of threads.
TEST_P(FailingKernelsTest, AreLeftOut) {
  for (const std::uint32_t blas_threads : {1U, 2U}) {
    EXPECT_THAT(MeasureSpeeds(kAny, 40, blas_threads,
                              With(HYBRID_FAULTY_WORKER, GetParam()), 0.05),
                IsEmpty())
        << blas_threads;
  }
}

INSTANTIATE_TEST_SUITE_P(Faults, FailingKernelsTest,
                         ::testing::Values("exit3_before_ready",
                                           "exit3_mid_batch", "segv_mid_batch",
                                           "wrong_product"));

}  // namespace
}  // namespace hybrid
