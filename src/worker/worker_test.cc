#include "worker/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/launcher.h"
#include "base/unique_fd.h"
#include "blas/blas_files.h"
#include "key/key.h"
#include "pool/environment.h"
#include "protocol/control_block.h"
#include "protocol/doorbell.h"
#include "protocol/worker_arguments.h"

namespace hybrid {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Ended {
  int wait_status;
  std::string output;
};

/// Runs the real executable, as a user might who found it in the build folder.
Ended RunExecutable(const std::vector<std::string>& arguments,
                    const std::vector<int>& inherited_fds = {}) {
  const UniqueFd output(memfd_create("test", MFD_CLOEXEC));
  LaunchSpec spec;
  spec.executable = HYBRID_WORKER;
  spec.arguments = arguments;
  spec.environment = WorkerEnvironment(ScrubEnvironment(ProcessEnvironment()),
                                       1, FilesOf("blis-openmp", 1), "");
  spec.inherited_fds = inherited_fds;
  spec.output_fd = output.get();
  spec.error_fd = output.get();
  const int wait_status = LaunchProcess(spec).Wait();
  std::array<char, 4096> text;
  const ssize_t size = pread(output.get(), text.data(), text.size(), 0);
  return {wait_status, {text.data(), static_cast<std::size_t>(size)}};
}

void ExpectOneLine(const Ended& ended, int status) {
  EXPECT_EQ(DescribeWaitStatus(ended.wait_status),
            "exited with status " + std::to_string(status));
  EXPECT_THAT(ended.output, StartsWith("hybrid-worker: "));
  EXPECT_THAT(ended.output, EndsWith("\n"));
  EXPECT_EQ(std::count(ended.output.begin(), ended.output.end(), '\n'), 1)
      << ended.output;
}

TEST(WorkerTest, StartedByHandItSaysWhoseItIs) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{}, {"--slot=x"}}) {
    const Ended ended = RunExecutable(arguments);
    ExpectOneLine(ended, 2);
    EXPECT_THAT(ended.output, HasSubstr("started by bench"));
  }
}

TEST(WorkerTest, HelpIsToBeHad) {
  const Ended ended = RunExecutable({"--help"});
  EXPECT_EQ(ended.wait_status, 0);
  EXPECT_THAT(ended.output, HasSubstr("\nUsage: hybrid-worker"));
}

TEST(WorkerTest, DescriptorsThatAreNoControlBlockAreRefused) {
  // One that is not open, and /dev/null, which every child has for stdin.
  for (const char* control : {"--control_fd=77", "--control_fd=0"}) {
    ExpectOneLine(RunExecutable({control, "--doorbell_fd=78", "--slot=0",
                                 "--blas=libblas.so.3"}),
                  1);
  }
}

TEST(WorkerTest, SlotBeyondTheBlockIsRefused) {
  Key key;
  key.workers = 2;
  const ControlMapping control(key);
  ::testing::internal::CaptureStderr();
  WorkerArguments arguments;
  arguments.control_fd = dup(control.fd());
  arguments.doorbell_fds = {77};
  arguments.slot = 2;
  EXPECT_EQ(RunWorker(arguments), 1);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(),
            "hybrid-worker: --slot=2 is none of 2\n");
}

// In a process of its own, since it loads a BLAS.
TEST(WorkerTest, ParentThatIsGoneAlreadyIsAGoodEnd) {
  Key key;
  key.n = 8;
  key.batch = 1;
  const ControlMapping control(key);
  control.block().command = 1 << 8;
  control.block().pending = 1;
  auto [ours, theirs] = Doorbell::Pair();
  ours.Close();
  WorkerArguments arguments;
  arguments.control_fd = control.fd();
  arguments.doorbell_fds = {theirs.fd()};
  arguments.slot = 0;
  arguments.blas = FilesOf("blis-openmp", 1);
  const Ended ended =
      RunExecutable(WorkerArgumentList(arguments), {control.fd(), theirs.fd()});
  EXPECT_EQ(ended.wait_status, 0) << ended.output;
  EXPECT_EQ(control.block().pending, 0U);
  const ReadyReport& report = control.slots()[0].ready;
  EXPECT_EQ(report.blas_threading.view(), "openmp");
  EXPECT_EQ(report.blas_file.view(), arguments.blas.library);
  EXPECT_GT(report.allowed_cpus, 0U);
  EXPECT_GT(report.warm_up_ns, 0);
  EXPECT_EQ(control.slots()[0].error.view(), "");
}

}  // namespace
}  // namespace hybrid
