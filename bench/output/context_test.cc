#include "output/context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  context.site.blas.version = "0.9.0";
  context.site.blas.threading = "openmp";
  context.site.blas.kernels = kernels;
  return context;
}

TEST(ContextTest, NamesMachineLimitsAndBlas) {
  const std::string text = ContextText(ContextWith("zen3"));
  EXPECT_THAT(text, HasSubstr("Example 9000: 2 sockets, 16 cores, 32 threads"));
  EXPECT_THAT(text,
              HasSubstr("3 cores (limited by cgroup CPU quota 3.50), 3 GiB"));
  EXPECT_THAT(
      text,
      HasSubstr("BLIS 0.9.0 (openmp threads), by itself with zen3 kernels"));
  EXPECT_THAT(text, Not(HasSubstr("warning")));
  EXPECT_THAT(text, Not(HasSubstr("removed")));
}

TEST(ContextTest, NamesTheCpuExactlyAndTheMachinesId) {
  RunContext context = ContextWith("zen3");
  context.site.machine.topology.cpu_signature = "family 1, model 2, stepping 3";
  EXPECT_THAT(ContextText(context), Not(HasSubstr("machine id")));
  context.site.machine_id = "example-9000-3c-4g-01234567";
  EXPECT_THAT(ContextText(context),
              HasSubstr("Example 9000 (family 1, model 2, stepping 3): 2 "
                        "sockets, 16 cores, 32 threads\n"
                        "          machine id example-9000-3c-4g-01234567\n"));
}

TEST(ContextTest, KernelsThatWereTakenOverHaveNoSpeeds) {
  RunContext context = ContextWith("zen3");
  KernelsTable table({.library = "zen3", .usable = {}, .unusable = {}}, 3);
  Key key;
  key.n = 64;
  table.TakeOver(key, {{"zen2", "7"}, 1.5});
  context.kernels = table;
  EXPECT_THAT(
      ContextText(context),
      HasSubstr("n=64     1 thread  zen2 1.50× faster than zen3: export "
                "BLIS_ARCH_TYPE=7  (as in the file)\n"));
}

TEST(ContextTest, KernelsThatFailedComeWithTheReason) {
  RunContext context = ContextWith("zen3");
  context.kernels = KernelsTable(
      {.library = "zen3",
       .usable = {{"zen3", "6"}},
       .unusable = {{"knl", std::string(kNotBuiltIn)},
                    {"skx", std::string(kNotForThisCpu)},
                    {"zen", "worker 0 of 1 was killed by signal 9 (Killed)"}}},
      3);
  EXPECT_THAT(ContextText(context),
              HasSubstr("kernels   zen3 run here; built in, but not for this "
                        "CPU: skx\n"
                        "          warning: zen is not used, it failed twice: "
                        "worker 0 of 1 was killed by signal 9 (Killed)\n"));
}

TEST(ContextTest, WarnsOfPortableKernelsAndNamesRemovedVariables) {
  RunContext context = ContextWith("generic");
  context.site.workers.environment.removed = {"OMP_NUM_THREADS=3"};
  const std::string text = ContextText(context);
  EXPECT_THAT(text, HasSubstr("warning: BLIS does not know this CPU"));
  EXPECT_THAT(text, HasSubstr("OMP_NUM_THREADS=3"));
}

TEST(ContextTest, SaysWhyTheBlasIsUnknown) {
  RunContext context;
  context.site.machine = SixteenCores();
  context.site.blas.error = "no worker";
  EXPECT_THAT(ContextText(context), HasSubstr("BLAS      unknown: no worker"));
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
