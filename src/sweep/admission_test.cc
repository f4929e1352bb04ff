#include "sweep/admission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hybrid {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t kGiB = std::uint64_t{1} << 30;
constexpr int kCores = 4;
constexpr double kMatrix2000 = 2000.0 * 2000.0 * 8.0;

Config Gemm(std::uint64_t n, std::uint64_t batch, std::uint32_t workers,
            std::uint32_t blas_threads) {
  Config config;
  config.n = n;
  config.batch = batch;
  config.workers = workers;
  config.blas_threads = blas_threads;
  return config;
}

TEST(AdmissionTest, FreshOperandsTakeThreeMatricesPerWorkerWhateverTheBatch) {
  const Config small = Gemm(2000, 1, 4, 1);
  const Config large = Gemm(2000, 1000, 4, 1);
  EXPECT_EQ(EstimateMemoryBytes(small), EstimateMemoryBytes(large));
  EXPECT_GE(EstimateMemoryBytes(small), 4 * 3 * kMatrix2000);
}

TEST(AdmissionTest, ResidentAndSharedGrowWithTheBatchNotTheWorkers) {
  Config config = Gemm(2000, 100, 2, 1);
  const double none = EstimateMemoryBytes(config);
  config.collect = Collect::kShared;
  EXPECT_NEAR(EstimateMemoryBytes(config) - none, 98 * kMatrix2000, 1);
  config.collect = Collect::kNone;
  config.data = Data::kResident;
  EXPECT_NEAR(EstimateMemoryBytes(config) - none, 196 * kMatrix2000, 1);
}

TEST(AdmissionTest, EightyPercentOfMemoryIsTheLimit) {
  const Config config = Gemm(2000, 1, 1, 1);
  const double need = EstimateMemoryBytes(config);
  EXPECT_FALSE(WhyNotAdmissible(
      config, kCores, static_cast<std::uint64_t>(need / kMemoryShare) + 1));
  const auto reason = WhyNotAdmissible(
      config, kCores, static_cast<std::uint64_t>(need / kMemoryShare) - 1);
  ASSERT_TRUE(reason);
  EXPECT_THAT(*reason, HasSubstr("more than 80 % of the"));
  EXPECT_THAT(*reason, HasSubstr("estimated"));
}

TEST(AdmissionTest, HugeValuesDoNotWrapAround) {
  Config config = Gemm(1000000, 1000000000, 4096, 4096);
  config.data = Data::kResident;
  EXPECT_TRUE(WhyNotAdmissible(config, kCores, 1024 * kGiB));
}

TEST(AdmissionTest, PrimesAbove11AreWhatBlisDoesNotRun) {
  for (const std::uint32_t threads : {1U, 2U, 7U, 11U, 12U, 15U, 25U, 49U}) {
    EXPECT_FALSE(WhyNotAdmissible(Gemm(64, 1, 1, threads), kCores, kGiB))
        << threads;
  }
  for (const std::uint32_t threads : {13U, 17U, 53U}) {
    EXPECT_TRUE(WhyNotAdmissible(Gemm(64, 1, 1, threads), kCores, kGiB))
        << threads;
  }
}

TEST(AdmissionTest, OperationNoneTakesNoMatrices) {
  Config config = Gemm(1000000, 1000000000, 2, 1);
  config.operation = Operation::kNone;
  EXPECT_FALSE(WhyNotAdmissible(config, kCores, kGiB));
}

TEST(AdmissionTest, WorkersThatMustHaveTheirCoresNeedThem) {
  Config config = Gemm(64, 8, 2, 2);
  config.pin = Pin::kCores;
  EXPECT_FALSE(WhyNotAdmissible(config, 4, kGiB));
  EXPECT_EQ(WhyNotAdmissible(config, 3, kGiB),
            "--pin=cores: 4 threads need as many cores, 3 are usable");
  for (const Pin pin : {Pin::kAuto, Pin::kNone}) {
    config.pin = pin;
    EXPECT_FALSE(WhyNotAdmissible(config, 3, kGiB)) << Name(pin);
  }
}

// No product of workers and threads wraps around to one that fits.
TEST(AdmissionTest, HugeSplitsDoNotFitTheCores) {
  Config config = Gemm(64, 8, 1U << 16, 1U << 16);
  config.pin = Pin::kCores;
  EXPECT_THAT(WhyNotAdmissible(config, kCores, kGiB).value_or(""),
              HasSubstr("--pin=cores"));
}

TEST(AdmissionTest, FormatBytesKeepsThreeDigits) {
  EXPECT_EQ(FormatBytes(512), "512 bytes");
  EXPECT_EQ(FormatBytes(1536), "1.5 KiB");
  EXPECT_EQ(FormatBytes(2.25 * 1024 * 1024 * 1024), "2.25 GiB");
}

}  // namespace
}  // namespace hybrid
