#include "kernels/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "kernels/test_settings.h"

namespace hybrid {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(CatalogTest, FindsWhatRunsHereAndWhy) {
  const KernelsCatalog catalog = FindKernels(With(HYBRID_WORKER));
  ASSERT_THAT(catalog.library, Not(IsEmpty()));
  const Kernels* own = catalog.Find(catalog.library);
  ASSERT_NE(own, nullptr);
  EXPECT_THAT(own->arch_type, Not(IsEmpty()));
  EXPECT_EQ(catalog.Find("no_such_kernels"), nullptr);
  // No build is for every architecture in BLIS's table.
  EXPECT_THAT(catalog.unusable,
              Contains(Field(&UnusableKernels::reason, "not built in")));
}

// This BLIS reads numbers, so a worker stands in for one that reads names.
TEST(CatalogTest, AsksByNameWhereBlisReadsNames) {
  const KernelsCatalog catalog = FindKernels(With(HYBRID_NAMED_WORKER));
  for (const Kernels& kernels : catalog.usable) {
    EXPECT_EQ(kernels.arch_type, kernels.name);
  }
  EXPECT_NE(catalog.Find("generic"), nullptr);
  EXPECT_NE(catalog.Find("future9"), nullptr);
  EXPECT_EQ(catalog.usable.size(),
            FindKernels(With(HYBRID_WORKER)).usable.size() + 1);
}

TEST(CatalogTest, AsksByNumberWhereBlisReadsNumbers) {
  const KernelsCatalog catalog = FindKernels(With(HYBRID_WORKER));
  for (const Kernels& kernels : catalog.usable) {
    EXPECT_THAT(kernels.arch_type, ::testing::MatchesRegex("[0-9]+"));
  }
}

TEST(CatalogTest, WhatItFindsCanBeAskedFor) {
  const SettingsFor settings_for = With(HYBRID_WORKER);
  Key key;
  key.n = 20;
  key.batch = 3;
  for (const Kernels& kernels : FindKernels(settings_for).usable) {
    const std::unique_ptr<WorkerGroup> worker =
        LaunchGroup(key, ForTrial(settings_for(key), kernels));
    EXPECT_EQ(worker->start().kernels, kernels.name);
    worker->Shutdown();
  }
}

TEST(CatalogTest, OtherKernelsThanAskedForAreAnError) {
  const SettingsFor settings_for = With(HYBRID_WORKER);
  const KernelsCatalog catalog = FindKernels(settings_for);
  Kernels wrong = *catalog.Find(catalog.library);
  wrong.name = "no_such_kernels";
  Key key;
  key.n = 20;
  key.batch = 3;
  EXPECT_THROW(LaunchGroup(key, ForTrial(settings_for(key), wrong)), PoolError);
}

TEST(CatalogTest, KernelsThatAbortLeaveNoCoreFile) {
  const auto count = [] {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(".")) {
      if (entry.path().filename().string().starts_with("core")) ++files;
    }
    return files;
  };
  const std::size_t before = count();
  FindKernels(With(HYBRID_WORKER));
  EXPECT_EQ(count(), before);
}

TEST(CatalogTest, AWorkerThatCantStartIsAnError) {
  EXPECT_THROW(FindKernels(With("/no/such/worker")), PoolError);
}

TEST(CatalogTest, StopsWhenInterrupted) {
  const SettingsFor interrupted = [](const Key& key) {
    PoolSettings settings = With(HYBRID_WORKER)(key);
    settings.interrupted = [] { return true; };
    return settings;
  };
  EXPECT_THROW(FindKernels(interrupted), PoolInterrupted);
}

}  // namespace
}  // namespace hybrid
