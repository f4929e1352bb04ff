#include "compare/differences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compare/test_results.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DifferencesTest : public ::testing::Test {
 protected:
  /// The texts of the differences of this weight between `before` and `now`.
  /// Sets `refused` and `note` to what the comparison says.
  std::vector<std::string> Found(Weight weight) {
    TestResults a = before;
    TestResults b = now;
    const Comparison comparison = CompareResults(a.Ok({1}), b.Ok({1}));
    refused = comparison.refused();
    note = comparison.configurations.front().note;
    std::vector<std::string> texts;
    for (const Difference& difference : comparison.differences) {
      if (difference.weight == weight) {
        texts.push_back(DifferenceText(difference));
      }
    }
    return texts;
  }

  TestResults before{"1"};
  TestResults now{"2"};
  bool refused = false;
  std::string note;
};

TEST_F(DifferencesTest, NothingDiffers) {
  EXPECT_THAT(Found(Weight::kRefused), IsEmpty());
  EXPECT_THAT(Found(Weight::kNote), IsEmpty());
  EXPECT_THAT(Found(Weight::kInformation), IsEmpty());
}

TEST_F(DifferencesTest, AnotherMachineIsRefused) {
  now.base.machine_id = "m-2";
  now.base.cpu_model = "other CPU";
  EXPECT_THAT(Found(Weight::kRefused),
              ElementsAre("machine: m-1 in the baseline, m-2 in the new "
                          "results"));
  EXPECT_TRUE(refused);
}

TEST_F(DifferencesTest, TheSameHardwareWithAnotherKernelIsTheSameMachine) {
  now.base.machine_id = "m-2";
  before.base.os = "Linux 6.1";
  now.base.os = "Linux 6.2";
  EXPECT_THAT(Found(Weight::kRefused), IsEmpty());
  EXPECT_THAT(Found(Weight::kInformation),
              ElementsAre("operating system: Linux 6.1 in the baseline, Linux "
                          "6.2 in the new results"));
}

TEST_F(DifferencesTest, Version3IsOfTheMachineThatItsColumnsTell) {
  before.base.schema_version = now.base.schema_version = 3;
  before.base.machine_id = "with-blis-0.9.0";
  now.base.machine_id = "with-blis-1.0";
  EXPECT_THAT(Found(Weight::kRefused), IsEmpty());
  now.base.cpu_model = "other CPU";
  EXPECT_THAT(Found(Weight::kRefused),
              ElementsAre(HasSubstr("machine: cpu-2c-0g-")));
}

TEST_F(DifferencesTest, WithoutAMachineIdTheHostStandsForIt) {
  before.base.machine_id.clear();
  before.base.schema_version = 2;
  EXPECT_THAT(Found(Weight::kRefused), IsEmpty());
  EXPECT_THAT(
      Found(Weight::kNote),
      ElementsAre("schema version: 2 in the baseline, " +
                  std::to_string(kSchemaVersion) + " in the new results"));
  now.base.host = "other";
  EXPECT_THAT(Found(Weight::kRefused),
              ElementsAre(HasSubstr("node 2 0 in the baseline, other 2 0")));
}

TEST_F(DifferencesTest, BlisCoresAndKernelsAreRefused) {
  now.base.blas_version = "1.0";
  now.base.usable_cores = 4;
  now.base.library_kernels = "zen4";
  EXPECT_THAT(Found(Weight::kRefused),
              ElementsAre(HasSubstr("usable cores: 2"),
                          HasSubstr("BLAS version: 0.9.0"),
                          HasSubstr("choice of kernels: zen3")));
}

TEST_F(DifferencesTest, ASideThatMixesVersionsIsRefused) {
  now.Ok({1});
  now.base.blas_version = "1.0";
  before = now;
  EXPECT_THAT(Found(Weight::kRefused),
              ElementsAre(HasSubstr("0.9.0, 1.0 in the baseline")));
}

TEST_F(DifferencesTest, EachLibraryHasAVersionAndKernelsOfItsOwn) {
  now.Ok({1});
  now.base.blas = "openblas-pthread";
  now.base.blas_version = "0.3.21";
  now.base.kernels = now.base.library_kernels = "SkylakeX";
  before = now;
  before.base.blas = now.base.blas = "netlib";
  before.base.blas_version = now.base.blas_version = "3.11";
  EXPECT_THAT(Found(Weight::kRefused), IsEmpty());
  EXPECT_FALSE(refused);
  now.base.blas_version = "3.12";
  EXPECT_THAT(Found(Weight::kRefused),
              ElementsAre("BLAS version of netlib: 3.11 in the baseline, 3.12 "
                          "in the new results"));
  EXPECT_TRUE(refused);
}

TEST_F(DifferencesTest, ALibraryOfOneSideAloneMakesNoDifference) {
  now.Ok({1});
  now.base.blas = "netlib";
  now.base.blas_version = "3.11";
  EXPECT_THAT(Found(Weight::kRefused), IsEmpty());
}

TEST_F(DifferencesTest,
       KernelsWithAFixedNameAreRefusedButAProbesChoiceIsANote) {
  now.base.kernels = "haswell";
  EXPECT_THAT(Found(Weight::kNote),
              ElementsAre("kernels that the probe chose: zen3 in the baseline, "
                          "haswell in the new results (gemm n=256 batch=32 "
                          "2×1)"));
  EXPECT_FALSE(refused);
  EXPECT_EQ(note, "kernels zen3 -> haswell by the probe");
  before.base.kernels_asked = now.base.kernels_asked = "library";
  EXPECT_THAT(Found(Weight::kRefused),
              ElementsAre(HasSubstr("kernels that ran: zen3")));
}

TEST_F(DifferencesTest, TheSerialBuildOnOneSideIsRefused) {
  now.base.blas_threading = "none";
  EXPECT_THAT(Found(Weight::kRefused), ElementsAre(HasSubstr("threading")));
}

TEST_F(DifferencesTest, TheMachinesOwnSpeed) {
  before.base.peak_gflops = 116;
  now.base.peak_gflops = 100;
  before.base.triad_bytes_per_s = 40e9;
  now.base.triad_bytes_per_s = 41e9;
  EXPECT_THAT(Found(Weight::kNote),
              ElementsAre("the machine itself ran 14 % slower: FMA peak 116 -> "
                          "100 GFLOP/s"));
}

TEST_F(DifferencesTest, CommitSeedHostAndFlagsAreInformation) {
  now.base.git_commit = "def";
  now.base.seed = 2;
  now.base.host = "other";
  before.base.flags = "--n=64 --batch=8";
  now.base.flags = "--n=64 --batch=32";
  EXPECT_THAT(Found(Weight::kInformation),
              ElementsAre("commit: abc in the baseline, def in the new results",
                          "seed: 0 in the baseline, 2 in the new results",
                          "host: node in the baseline, other in the new "
                          "results",
                          "flags: --batch=8 in the baseline, --batch=32 in the "
                          "new results"));
  EXPECT_FALSE(refused);
}

}  // namespace
}  // namespace hybrid
