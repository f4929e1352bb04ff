#include "output/launch_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

// What bash does with the lines where ./program and taskset say how they were
// called.
std::string RunLines(const std::string& lines) {
  const TestFolder folder;
  folder.Lay("/bin/taskset", "#!/bin/sh\necho \"$*: $OMP_NUM_THREADS\"\n");
  std::filesystem::permissions(folder.File("bin/taskset"),
                               std::filesystem::perms::owner_all);
  folder.Lay("/lines", lines);
  const std::string command = "cd '" + folder.path() +
                              "' && PATH=\"$PWD/bin:$PATH\" bash -eu lines "
                              "2>&1 | sort >out";
  // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
  EXPECT_EQ(std::system(command.c_str()), 0);
  return text_file::Read(folder.File("out")).value_or("");
}

TEST(LaunchLinesTest, StartEachProcessOnItsCpus) {
  EXPECT_EQ(RunLines(LaunchLines({{0, 1, 8, 9}, {2, 3, 10, 11}}, 2)),
            "-c 0-1,8-9 ./program: 2\n"
            "-c 2-3,10-11 ./program: 2\n");
  EXPECT_EQ(RunLines(LaunchLines({{0}}, 1)), "-c 0 ./program: 1\n");
}

TEST(LaunchLinesTest, FitTheScreenHoweverManyThereAre) {
  std::vector<CpuList> assigned;
  for (int worker = 0; worker < 128; ++worker) assigned.push_back({worker});
  const std::string lines = LaunchLines(assigned, 1);
  std::istringstream stream(lines);
  for (std::string line; std::getline(stream, line);) {
    EXPECT_LE(line.size(), 80U) << line;
  }
  const std::string output = RunLines(lines);
  EXPECT_EQ(std::count(output.begin(), output.end(), '\n'), 128);
  EXPECT_THAT(output, HasSubstr("-c 127 ./program: 1\n"));
}

// Slurm starts what stands behind `srun …` once for each task, with the task's
// number on its node.
TEST(LaunchLinesTest, SlurmsTasksFindTheirCpusByTheirNumbers) {
  std::string lines = LaunchLines({{0, 1}, {2, 3}, {4, 5}}, 2);
  lines = lines.substr(lines.find("#   srun"));
  std::string command;
  std::istringstream stream(lines);
  for (std::string line; std::getline(stream, line);) {
    command += line.substr(4) + "\n";
  }
  EXPECT_THAT(command, HasSubstr("srun -n3 -c2 --cpu-bind=none"));
  EXPECT_EQ(RunLines("srun() { shift 3; for SLURM_LOCALID in 0 1 2; do export "
                     "SLURM_LOCALID; \"$@\"; done; }\nexport "
                     "OMP_NUM_THREADS=2\n" +
                     command),
            "-c 0-1 ./program: 2\n"
            "-c 2-3 ./program: 2\n"
            "-c 4-5 ./program: 2\n");
}

}  // namespace
}  // namespace hybrid
