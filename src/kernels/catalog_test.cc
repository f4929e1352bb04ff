#include "kernels/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "blas/test_libraries.h"
#include "kernels/test_settings.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

TEST(CatalogTest, FindsWhatRunsHereAndWhy) {
  const KernelsCatalog catalog = FindKernels(With(HYBRID_WORKER));
  ASSERT_THAT(catalog.library, Not(IsEmpty()));
  const Kernels* own = catalog.Find(catalog.library);
  ASSERT_NE(own, nullptr);
  EXPECT_THAT(own->setting, Not(IsEmpty()));
  EXPECT_EQ(catalog.Find("no_such_kernels"), nullptr);
  // No build is for every architecture in BLIS's table.
  EXPECT_THAT(catalog.unusable,
              Contains(Field(&UnusableKernels::reason, "not built in")));
}

// This BLIS reads numbers, so a worker stands in for one that reads names.
TEST(CatalogTest, AsksByNameWhereBlisReadsNames) {
  const KernelsCatalog catalog = FindKernels(With(HYBRID_NAMED_WORKER));
  for (const Kernels& kernels : catalog.usable) {
    EXPECT_EQ(kernels.setting, "BLIS_ARCH_TYPE=" + kernels.name);
  }
  EXPECT_NE(catalog.Find("generic"), nullptr);
  EXPECT_NE(catalog.Find("future9"), nullptr);
  EXPECT_EQ(catalog.usable.size(),
            FindKernels(With(HYBRID_WORKER)).usable.size() + 1);
}

TEST(CatalogTest, AsksByNumberWhereBlisReadsNumbers) {
  const KernelsCatalog catalog = FindKernels(With(HYBRID_WORKER));
  for (const Kernels& kernels : catalog.usable) {
    EXPECT_THAT(kernels.setting,
                ::testing::MatchesRegex("BLIS_ARCH_TYPE=[0-9]+"));
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

/// Workers that fail if they are to run kernels that BLIS would not choose
/// itself; `kernels` is set to those.
class FailingTrialTest : public ::testing::Test {
 protected:
  FailingTrialTest() {
    const KernelsCatalog catalog = FindKernels(With(HYBRID_WORKER));
    for (const Kernels& one : catalog.usable) {
      if (one.name != catalog.library) kernels_ = one;
    }
  }
  void SetUp() override {
    if (kernels_.name.empty()) GTEST_SKIP() << "BLIS has only one kind here";
  }
  SettingsFor Failing(const std::string& fault,
                      const std::string& once = "") const {
    return [=, this](const Key& key) {
      PoolSettings settings = With(HYBRID_FAULTY_WORKER, fault)(key);
      std::vector<std::string>& kept = settings.environment.kept;
      kept.push_back("HYBRID_TEST_FAULT_ARCH=" +
                     kernels_.setting.substr(kernels_.setting.find('=') + 1));
      kept.push_back("HYBRID_TEST_FAULT_ONCE=" + once);
      return settings;
    };
  }
  Kernels kernels_;
};

TEST_F(FailingTrialTest, SaysWhatHappened) {
  const struct {
    const char* fault;
    const char* reason;
  } cases[] = {{"sigkill_before_ready", "killed by signal 9"},
               {"abort_before_ready", "killed by signal 6"},
               {"sleep_mid_batch", "hung in mid-batch"},
               {"wrong_product", "wrong result"}};
  for (const auto& [fault, reason] : cases) {
    const KernelsCatalog catalog = FindKernels(Failing(fault));
    EXPECT_EQ(catalog.Find(kernels_.name), nullptr) << fault;
    EXPECT_THAT(
        catalog.unusable,
        Contains(AllOf(Field(&UnusableKernels::name, kernels_.name),
                       Field(&UnusableKernels::reason, HasSubstr(reason)))))
        << fault;
  }
}

TEST_F(FailingTrialTest, OneDeathDoesNotDecide) {
  const TestFolder folder;
  const KernelsCatalog catalog =
      FindKernels(Failing("sigkill_before_ready", folder.File("once")));
  EXPECT_NE(catalog.Find(kernels_.name), nullptr);
  EXPECT_TRUE(std::filesystem::exists(folder.File("once")));
}

TEST(CatalogTest, AWorkerThatCantStartIsAnError) {
  EXPECT_THROW(FindKernels(With("/no/such/worker")), PoolError);
}

/// What runs of the library `file`.
KernelsCatalog FindIn(const std::string& file) {
  const SettingsFor settings_for = [&file](const Key& key) {
    PoolSettings settings = With(HYBRID_WORKER)(key);
    settings.blas = FilesOf(file, key.blas_threads);
    return settings;
  };
  return FindKernels(settings_for, file);
}

TEST(CatalogTest, WhatALibraryPrintsIsNoneOfItsKernels) {
  const KernelsCatalog catalog = FindIn(FakeLibrary("openblas-prints"));
  EXPECT_EQ(catalog.library, "HASWELL");
  EXPECT_THAT(
      catalog.usable,
      UnorderedElementsAre(
          AllOf(Field(&Kernels::name, "HASWELL"),
                Field(&Kernels::setting, "OPENBLAS_CORETYPE=HASWELL")),
          AllOf(Field(&Kernels::name, "NEHALEM"),
                Field(&Kernels::setting, "OPENBLAS_CORETYPE=NEHALEM"))));
}

// It has a variable that it does not always follow.
TEST(CatalogTest, OfMklThoseCountThatItTakesWhenTold) {
  const KernelsCatalog catalog = FindIn(FakeLibrary("mkl"));
  EXPECT_EQ(catalog.library, "AVX512");
  EXPECT_THAT(
      catalog.usable,
      UnorderedElementsAre(
          AllOf(Field(&Kernels::name, "AVX512"),
                Field(&Kernels::setting, "MKL_ENABLE_INSTRUCTIONS=AVX512")),
          AllOf(Field(&Kernels::name, "AVX2"),
                Field(&Kernels::setting, "MKL_ENABLE_INSTRUCTIONS=AVX2"))));
  EXPECT_THAT(catalog.unusable,
              UnorderedElementsAre(Field(&UnusableKernels::name, "SSE4_2"),
                                   Field(&UnusableKernels::name, "AVX")));
  EXPECT_THAT(catalog.unusable,
              Each(Field(&UnusableKernels::reason, kNotTaken)));
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
