#include "protocol/worker_arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "base/test_errors.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

WorkerArguments Parse(std::vector<std::string> arguments) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  return ParseWorkerArguments(pointers);
}

std::string ErrorOf(const std::vector<std::string>& arguments) {
  return MessageOf<std::invalid_argument>([&] { Parse(arguments); });
}

TEST(WorkerArgumentsTest, ReadsWhatItWrites) {
  const std::vector<std::string> list =
      WorkerArgumentList({.control_fd = 3,
                          .operands_fd = 5,
                          .products_fd = 6,
                          .slot = 7,
                          .doorbell_fds = {40, 41},
                          .blas = {.library = "/b.so",
                                   .lapack = "/l.so",
                                   .typed = true,
                                   .family = "blis",
                                   .threading = "openmp"}});
  EXPECT_THAT(
      list, ElementsAre("--blas=/b.so", "--lapack=/l.so", "--blas_family=blis",
                        "--blas_threading=openmp", "--typed_blas",
                        "--control_fd=3", "--operands_fd=5", "--products_fd=6",
                        "--slot=7", "--doorbell_fd=40", "--doorbell_fd=41"));
  const WorkerArguments arguments = Parse(list);
  EXPECT_EQ(arguments.control_fd, 3);
  EXPECT_THAT(arguments.doorbell_fds, ElementsAre(40, 41));
  EXPECT_EQ(arguments.operands_fd, 5);
  EXPECT_EQ(arguments.products_fd, 6);
  EXPECT_EQ(arguments.slot, 7);
  EXPECT_EQ(arguments.blas.library, "/b.so");
  EXPECT_EQ(arguments.blas.lapack, "/l.so");
  EXPECT_EQ(arguments.blas.family, "blis");
  EXPECT_EQ(arguments.blas.threading, "openmp");
  EXPECT_TRUE(arguments.blas.typed);
}

TEST(WorkerArgumentsTest, ArenasMayBeMissing) {
  const WorkerArguments arguments =
      Parse({"--slot=0", "--doorbell_fd=4", "--control_fd=3",
             "--operands_fd=-1", "--blas=/b.so"});
  EXPECT_EQ(arguments.operands_fd, -1);
  EXPECT_EQ(arguments.products_fd, -1);
  EXPECT_EQ(arguments.slot, 0);
}

TEST(WorkerArgumentsTest, CommandsNeedNoBlas) {
  const std::vector<std::string> list =
      WorkerArgumentList({.control_fd = 3,
                          .slot = 0,
                          .doorbell_fds = {4},
                          .start_timeout_s = 0.5,
                          .working_directory = "/a folder",
                          .prepare = "sh -c 'rm -f x'",
                          .hosts = "a,b"});
  EXPECT_THAT(
      list, ElementsAre("--control_fd=3", "--operands_fd=-1",
                        "--products_fd=-1", "--slot=0", "--doorbell_fd=4",
                        "--start_timeout=0.5", "--working_directory=/a folder",
                        "--prepare=sh -c 'rm -f x'", "--hosts=a,b"));
  const WorkerArguments arguments = Parse(list);
  EXPECT_EQ(arguments.blas.library, "");
  EXPECT_EQ(arguments.start_timeout_s, 0.5);
  EXPECT_EQ(arguments.working_directory, "/a folder");
  EXPECT_EQ(arguments.prepare, "sh -c 'rm -f x'");
  EXPECT_EQ(ErrorOf({"--start_timeout=soon"}),
            "--start_timeout=soon is no number");
}

TEST(WorkerArgumentsTest, SaysWhatItCanNotUse) {
  EXPECT_THAT(ErrorOf({}), HasSubstr("missing"));
  EXPECT_THAT(ErrorOf({"--control_fd=3", "--slot=0"}), HasSubstr("missing"));
  EXPECT_THAT(ErrorOf({"--control_fd=-3", "--doorbell_fd=4", "--slot=0"}),
              HasSubstr("missing"));
  EXPECT_EQ(ErrorOf({"--help"}), "unknown argument --help");
  EXPECT_EQ(ErrorOf({"--slot"}), "unknown argument --slot");
  EXPECT_EQ(ErrorOf({""}), "unknown argument ");
  for (const char* argument :
       {"--slot=", "--slot=x", "--slot=1x", "--slot= 1", "--slot=1.0",
        "--slot=+1", "--slot=99999999999"}) {
    EXPECT_EQ(ErrorOf({argument}), std::string(argument) + " is no number");
  }
}

}  // namespace
}  // namespace hybrid
