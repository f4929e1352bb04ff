#include "key/key.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(ConfigTest, EveryNameLeadsBackToItsValue) {
  for (const auto value : {Operation::kGemm, Operation::kNone}) {
    EXPECT_EQ(OperationByName(Name(value)), value);
  }
  for (const auto value : {Data::kFresh, Data::kResident, Data::kHot}) {
    EXPECT_EQ(DataByName(Name(value)), value);
  }
  for (const auto value : {Collect::kNone, Collect::kShared}) {
    EXPECT_EQ(CollectByName(Name(value)), value);
  }
  for (const auto value : {Pin::kAuto, Pin::kCores, Pin::kNone}) {
    EXPECT_EQ(PinByName(Name(value)), value);
  }
}

TEST(ConfigTest, UnknownAndAlmostRightNamesAreNothing) {
  EXPECT_FALSE(OperationByName("gem"));
  EXPECT_FALSE(OperationByName("GEMM"));
  EXPECT_FALSE(DataByName(""));
  EXPECT_FALSE(CollectByName("shared "));
}

TEST(ConfigTest, GemmTakesTwoCubedFlops) {
  EXPECT_DOUBLE_EQ(FlopsPerTask(Operation::kGemm, 2000), 16e9);
  EXPECT_DOUBLE_EQ(FlopsPerTask(Operation::kNone, 2000), 0);
}

TEST(ConfigTest, DescribeNamesWhatIsNotTheDefault) {
  Config config;
  config.n = 256;
  config.batch = 64;
  config.workers = 2;
  EXPECT_EQ(Describe(config), "gemm n=256 batch=64 2×1");
  config.data = Data::kHot;
  config.collect = Collect::kShared;
  EXPECT_EQ(Describe(config),
            "gemm n=256 batch=64 2×1 data=hot collect=shared");
}

TEST(ConfigTest, OversubscribedMeansMoreThreadsThanUsableCores) {
  Config config;
  config.workers = 2;
  config.blas_threads = 2;
  EXPECT_TRUE(IsOversubscribed(config, 3));
  EXPECT_FALSE(IsOversubscribed(config, 4));
  config.workers = config.blas_threads = 0xFFFFFFFF;
  EXPECT_TRUE(IsOversubscribed(config, 4));  // the product must not wrap
}

}  // namespace
}  // namespace hybrid
