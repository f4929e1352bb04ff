#include "output/launch_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/scoped_environment.h"
#include "key/test_keys.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(LaunchLinesTest, StartWorkersWhereTheyWouldBePlaced) {
  const ScopedEnvironment stray(
      ScopedEnvironment::Variables{{"OMP_PLACES", "cores"}});
  SplitResult use;
  use.split = {2, 2};
  use.cpus = "0-1 2-3";
  EXPECT_THAT(
      LaunchLines(use, {}),
      AllOf(
          HasSubstr("# launch 2×2 in bash:\n# 2 processes × 2 BLAS threads\n"),
          HasSubstr("OMP_PLACES"), HasSubstr("for c in 0-1 2-3; do"),
          HasSubstr(" taskset -c $c "),
          HasSubstr("# launch 2×2 under Slurm:\n"),
          HasSubstr("export WORKER_CPUS=\"0-1 2-3\"\n"),
          HasSubstr("srun --nodes=1 --ntasks=2 --cpu-bind=none ")));
}

TEST(LaunchLinesTest, StartTheCommandThatIsMeasured) {
  Key key =
      CommandKey("mpirun --host {hosts} -np {all_workers} ./job -n {n}", 8, 2);
  key.protocol = kWholeProtocol;
  key.n = 64;
  SplitResult use;
  use.split = {2, 1, Engine::kProcesses, 2};
  EXPECT_THAT(LaunchLines(use, key),
              AllOf(HasSubstr("# launch 2 hosts × 2×1 in bash:\n"),
                    HasSubstr("exec mpirun --host \"${HOSTS:?takes 2 names, "
                              "a,b}\" -np 4 ./job -n 64 )"),
                    HasSubstr("HOSTS=${HOSTS:-$(scontrol show hostnames | "
                              "paste -sd,)}\n")));
}

}  // namespace
}  // namespace hybrid
