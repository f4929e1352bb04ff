#include "measure/run_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/flag_error.h"
#include "base/test_errors.h"
#include "base/text_file.h"
#include "measure/test_site.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Key AskingFor(std::string kernels) {
  Key key;
  key.n = 16;
  key.batch = 8;
  key.kernels_asked = std::move(kernels);
  return key;
}

TEST(RunContextTest, IsCompleteOnceItIsThere) {
  const std::vector<Key> keys{AskingFor("best"), AskingFor("library")};
  const RunContext context =
      PrepareRun(NewRun("--n=16"), SiteWith(HYBRID_WORKER), keys, true, {});
  EXPECT_THAT(context.run.run_id, Not(IsEmpty()));
  EXPECT_THAT(context.run.start_utc, Not(IsEmpty()));
  EXPECT_THAT(context.run.git_commit, Not(IsEmpty()));
  EXPECT_EQ(context.run.flags, "--n=16");
  const Site& site = context.site;
  EXPECT_THAT(site.machine.topology.cores, Not(IsEmpty()));
  EXPECT_THAT(UsableCores(site.machine),
              SizeIs(static_cast<std::size_t>(site.machine.usable_cores)));
  EXPECT_GT(site.kind.memory_bytes, 0U);
  EXPECT_THAT(site.kind.os, Not(IsEmpty()));
  EXPECT_THAT(site.machine_id, Not(IsEmpty()));
  EXPECT_EQ(site.workers.executable, HYBRID_WORKER);
  EXPECT_THAT(site.workers.environment.kept, Not(IsEmpty()));
  EXPECT_THAT(site.blas[0].error, IsEmpty());
  EXPECT_THAT(site.blas[0].version, Not(IsEmpty()));
  EXPECT_THAT(site.blas[0].threading, Not(IsEmpty()));
  EXPECT_THAT(site.blas[0].one_thread_threading, Not(IsEmpty()));
  EXPECT_THAT(site.blas[0].kernels, Not(IsEmpty()));
  ASSERT_TRUE(context.ceilings);
  EXPECT_GT(context.ceilings->peak_gflops, 0);
  ASSERT_NE(context.kernels.Find("blis"), nullptr);
  EXPECT_EQ(context.kernels.Find("blis")->catalog()->library,
            site.blas[0].kernels);
  EXPECT_THAT(context.kernels.Find("blis")->probed(), SizeIs(1));
}

TEST(RunContextTest, WhatTheSystemLacksIsAWarning) {
  Site site = SiteWith(HYBRID_WORKER);
  site.machine.notes = {"it is dark"};
  EXPECT_THAT(PrepareRun(NewRun(""), std::move(site), {}, false, {}).warnings,
              Contains("it is dark"));
}

// `ulimit -v` that leaves nothing for the triad.
TEST(RunContextTest, CeilingsThatTheSystemGivesNoMemoryForAreLeftOut) {
  Site site = SiteWith(HYBRID_WORKER);
  site.machine.topology.cores = {{0}};
  site.machine.topology.cache_bytes = std::size_t{256} << 20;
  site.machine.usable_cores = 1;
  site.machine.memory_available_bytes = std::uint64_t{8} << 30;
  site.blas[0].error = "not asked";
  const pid_t pid = fork();
  if (pid == 0) {
    // Room for a thread and what it needs, but not for a GiB.
    const std::uint64_t pages =
        ParseNumber<std::uint64_t>(
            text_file::Words(text_file::Read("/proc/self/statm").value())[0])
            .value();
    const rlimit limit{pages * 4096 + (std::uint64_t{128} << 20),
                       RLIM_INFINITY};
    if (setrlimit(RLIMIT_AS, &limit) != 0) _exit(1);
    const RunContext context =
        PrepareRun(NewRun(""), std::move(site), {}, true, {});
    const bool said =
        std::any_of(context.warnings.begin(), context.warnings.end(),
                    [](const std::string& warning) {
                      return warning.find(
                                 "memory for the triad: Cannot allocate memory "
                                 "(--ceilings=none") != std::string::npos;
                    });
    _exit(!context.ceilings && said ? 0 : 2);
  }
  int status = 0;
  ASSERT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_EQ(status, 0);
}

TEST(RunContextTest, WhatNobodyAskedForIsNotMeasured) {
  const std::vector<Key> keys{AskingFor("library")};
  const RunContext context =
      PrepareRun(NewRun(""), SiteWith(HYBRID_WORKER), keys, false, {});
  EXPECT_FALSE(context.ceilings);
  EXPECT_EQ(context.kernels.Find("blis"), nullptr);
}

TEST(RunContextTest, KernelsThatAFileTellsAreTakenOver) {
  const std::vector<Key> keys{AskingFor("best")};
  const Site site = SiteWith(HYBRID_WORKER);
  Row row;
  static_cast<Key&>(row) = keys[0];
  row.kernels = site.blas[0].kernels;
  row.kernels_gain = 123;
  const RunContext context =
      PrepareRun(NewRun(""), site, keys, false, std::vector{row});
  ASSERT_THAT(context.kernels.Find("blis")->probed(), SizeIs(1));
  EXPECT_THAT(context.kernels.Find("blis")->probed()[0].speeds, IsEmpty());
  EXPECT_EQ(context.kernels.For(keys[0]).gain, 123);
}

TEST(RunContextTest, KernelsThatThereAreNotAreTheFlagsError) {
  const std::vector<Key> keys{AskingFor("cray1")};
  EXPECT_THAT(MessageOf<FlagError>([&] {
                PrepareRun(NewRun(""), SiteWith(HYBRID_WORKER), keys, false,
                           {});
              }),
              AllOf(HasSubstr("--kernels=cray1"), HasSubstr("best")));
}

TEST(RunContextTest, WithoutAWorkerItSaysWhy) {
  const std::vector<Key> keys{AskingFor("best")};
  const RunContext context =
      PrepareRun(NewRun(""), SiteWith("/no/such/worker"), keys, false, {});
  EXPECT_THAT(context.site.blas[0].error, HasSubstr("/no/such/worker"));
  EXPECT_THAT(context.site.blas[0].version, IsEmpty());
  EXPECT_THAT(context.site.machine_id, Not(IsEmpty()));
  EXPECT_EQ(context.kernels.Find("blis"), nullptr);
}

}  // namespace
}  // namespace hybrid
