#include "families/hybrid.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

Config SomeConfig() {
  Config config;
  config.n = 64;
  config.batch = 8;
  config.workers = 2;
  config.blas_threads = 3;
  config.kernels = kBestKernels;
  return config;
}

TEST(HybridTest, NameHoldsTheKeys) {
  EXPECT_EQ(ConfigurationName(SomeConfig()),
            "Hybrid/gemm/n:64/batch:8/workers:2/blas_threads:3");
}

TEST(HybridTest, NameHoldsDataAndCollectWhereTheyAreNotTheDefault) {
  Config config = SomeConfig();
  config.operation = Operation::kNone;
  config.data = Data::kHot;
  EXPECT_EQ(ConfigurationName(config),
            "Hybrid/none/n:64/batch:8/workers:2/blas_threads:3/data:hot");
  config.collect = Collect::kShared;
  EXPECT_EQ(ConfigurationName(config),
            "Hybrid/none/n:64/batch:8/workers:2/blas_threads:3/data:hot"
            "/collect:shared");
  config.data = Data::kFresh;
  EXPECT_EQ(ConfigurationName(config),
            "Hybrid/none/n:64/batch:8/workers:2/blas_threads:3/collect:shared");
}

TEST(HybridTest, NameHoldsTheKernelsWhereTheyAreNotTheBest) {
  Config config = SomeConfig();
  config.kernels = "haswell";
  EXPECT_EQ(
      ConfigurationName(config),
      "Hybrid/gemm/n:64/batch:8/workers:2/blas_threads:3/kernels:haswell");
}

}  // namespace
}  // namespace hybrid
