#include "output/context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "base/text.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Machine SixteenCores() {
  Machine machine;
  machine.topology.cpu_model = "Example 9000";
  machine.topology.sockets = 2;
  machine.topology.cores_total = 16;
  machine.topology.logical_cpus_total = 32;
  machine.usable_cores = 3;
  machine.usable_cores_limited_by = "cgroup CPU quota 3.50";
  machine.memory_available_bytes = std::uint64_t{3} << 30;
  return machine;
}

RunContext ContextWith(const char* kernels) {
  RunContext context;
  context.site.machine = SixteenCores();
  BlasIdentity& blas = context.site.blas.emplace_back();
  blas.name = "blis";
  blas.family = "blis";
  blas.version = "0.9.0";
  blas.threading = "openmp";
  blas.kernels = kernels;
  return context;
}

TEST(ContextTest, NamesMachineLimitsAndBlas) {
  const std::string machine = MachineText(SixteenCores());
  EXPECT_THAT(machine,
              HasSubstr("Example 9000: 2 sockets, 16 cores, 32 threads\n"));
  EXPECT_THAT(machine,
              HasSubstr("3 cores (limited by cgroup CPU quota 3.50), 3 GiB"));
  const std::string text = ContextText(ContextWith("zen3"), false);
  EXPECT_THAT(
      text, HasSubstr("BLAS      blis: BLIS 0.9.0 (openmp threads), by itself "
                      "with zen3 kernels\n"));
  EXPECT_THAT(text, Not(HasSubstr("warning")));
  EXPECT_THAT(text, Not(HasSubstr("removed")));
}

TEST(ContextTest, NamesTheCpuExactlyAndTheMachinesId) {
  RunContext context = ContextWith("zen3");
  Machine machine = SixteenCores();
  machine.topology.cpu_signature = "family 1, model 2";
  EXPECT_THAT(MachineText(machine),
              HasSubstr("Example 9000 (family 1, model 2): "
                        "2 sockets"));
  EXPECT_THAT(ContextText(context, false), Not(HasSubstr("id   ")));
  context.site.machine_id = "example-9000-3c-4g-01234567";
  EXPECT_THAT(ContextText(context, false),
              HasSubstr("id        example-9000-3c-4g-01234567\n"));
}

TEST(ContextTest, KernelsThatWereTakenOverHaveNoSpeeds) {
  RunContext context = ContextWith("zen3");
  KernelsTable table({.library = "zen3",
                      .usable = {{"zen2", "BLIS_ARCH_TYPE=7"}},
                      .unusable = {}},
                     3);
  Key key;
  key.n = 64;
  table.TakeOver(key, "zen2", 1.5);
  context.kernels.Add("blis", table);
  EXPECT_THAT(
      ContextText(context, true),
      HasSubstr("n=64     1 thread  zen2 1.50× faster than zen3: export "
                "BLIS_ARCH_TYPE=7  (as in the file)\n"));
  EXPECT_THAT(ContextText(context, false),
              HasSubstr("kernels   blis: zen3, the library's own choice, but "
                        "zen2 at n=64 with 1 thread"));
}

TEST(ContextTest, KernelsThatFailedComeWithTheReason) {
  RunContext context = ContextWith("zen3");
  context.kernels.Add(
      "blis",
      KernelsTable(
          {.library = "zen3",
           .usable = {{"zen3", "BLIS_ARCH_TYPE=6"}},
           .unusable = {{"knl", std::string(kNotBuiltIn)},
                        {"skx", std::string(kNotForThisCpu)},
                        {"zen",
                         "worker 0 of 1 was killed by signal 9 (Killed)"}}},
          3));
  EXPECT_THAT(
      ContextText(context, true),
      HasSubstr("kernels   blis: zen3 run here; built in, but not for this "
                "CPU: skx\n"));
  for (const bool verbose : {false, true}) {
    EXPECT_THAT(ContextText(context, verbose),
                HasSubstr("warning   kernels zen are not used, they failed "
                          "twice: worker 0 of 1 was killed\n"
                          "          by signal 9 (Killed)\n"));
  }
}

TEST(ContextTest, WarnsOfPortableKernelsAndNamesRemovedVariables) {
  RunContext context = ContextWith("generic");
  context.site.workers.environment.removed = {"OMP_NUM_THREADS=3"};
  const std::string text = ContextText(context, false);
  EXPECT_THAT(text, HasSubstr("warning   BLIS does not know this CPU"));
  EXPECT_THAT(text, HasSubstr("OMP_NUM_THREADS=3"));
}

TEST(ContextTest, SaysWhyTheBlasIsUnknown) {
  RunContext context;
  BlasIdentity& blas = context.site.blas.emplace_back();
  blas.name = "blis";
  blas.error = "no worker";
  EXPECT_THAT(ContextText(context, false),
              HasSubstr("BLAS      blis: unknown: no worker"));
}

TEST(ContextTest, NoLineIsWiderThanAScreen) {
  RunContext context = ContextWith("generic");
  context.warnings = {std::string(60, 'a') + " " + std::string(60, 'b')};
  context.site.workers.environment.removed = {std::string(50, 'c'),
                                              std::string(50, 'd')};
  context.ceilings = Ceilings{.vector_unit = "AVX-512 and all that is named"};
  std::istringstream lines(MachineText(SixteenCores()) +
                           ContextText(context, false));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(DisplayWidth(line), kScreenColumns) << line;
  }
}

TEST(ContextTest, EachReasonToSkipIsToldOnce) {
  Key key;
  key.n = 100000;
  key.batch = 8;
  Key other = key;
  other.workers = 2;
  EXPECT_EQ(SkippedSummary({{key, "too big"}}),
            "skipped   gemm n=100000 batch=8 1×1 kernels=library: too big\n");
  EXPECT_EQ(
      SkippedSummary({{key, "too big"}, {other, "too big"}, {key, "b"}}),
      "skipped   gemm n=100000 batch=8 1×1 kernels=library: b\n"
      "skipped   gemm n=100000 batch=8 1×1 kernels=library and 1 more: too "
      "big\n");
  EXPECT_EQ(SkippedSummary({}), "");
}

TEST(ContextTest, SkippedConfigurationsComeWithTheirReasons) {
  Key key;
  key.n = 100000;
  key.batch = 8;
  EXPECT_EQ(SkippedText({{key, "too big"}}),
            "skipped   gemm n=100000 batch=8 1×1 kernels=library: too big\n");
  EXPECT_EQ(SkippedText({}), "");
}

}  // namespace
}  // namespace hybrid
