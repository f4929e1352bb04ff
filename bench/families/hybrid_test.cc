#include "families/hybrid.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

Key SomeConfig() {
  Key key;
  key.n = 64;
  key.batch = 8;
  key.workers = 2;
  key.blas_threads = 3;
  key.kernels_asked = kBestKernels;
  return key;
}

TEST(HybridTest, NameHoldsTheKeys) {
  EXPECT_EQ(ConfigurationName(SomeConfig()),
            "Hybrid/gemm/n:64/batch:8/workers:2/blas_threads:3");
}

TEST(HybridTest, NameHoldsDataAndCollectWhereTheyAreNotTheDefault) {
  Key key = SomeConfig();
  key.operation = "none";
  key.data = Data::kHot;
  EXPECT_EQ(ConfigurationName(key),
            "Hybrid/none/n:64/batch:8/workers:2/blas_threads:3/data:hot");
  key.collect = Collect::kShared;
  EXPECT_EQ(ConfigurationName(key),
            "Hybrid/none/n:64/batch:8/workers:2/blas_threads:3/data:hot"
            "/collect:shared");
  key.data = Data::kFresh;
  EXPECT_EQ(ConfigurationName(key),
            "Hybrid/none/n:64/batch:8/workers:2/blas_threads:3/collect:shared");
}

TEST(HybridTest, NameHoldsTheKernelsWhereTheyAreNotTheBest) {
  Key key = SomeConfig();
  key.kernels_asked = "haswell";
  EXPECT_EQ(
      ConfigurationName(key),
      "Hybrid/gemm/n:64/batch:8/workers:2/blas_threads:3/kernels:haswell");
}

}  // namespace
}  // namespace hybrid
