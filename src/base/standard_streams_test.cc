#include "base/standard_streams.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <system_error>

#include "base/test_errors.h"
#include "base/unique_fd.h"

namespace hybrid {
namespace {

/// Puts /dev/full in the place of a standard stream while it lives.
class FullStream {
 public:
  explicit FullStream(int fd)
      : fd_(fd), before_(fcntl(fd, F_DUPFD_CLOEXEC, 0)) {
    const UniqueFd full(open("/dev/full", O_WRONLY | O_CLOEXEC));
    dup2(full.get(), fd_);
  }
  ~FullStream() { dup2(before_.get(), fd_); }
  FullStream(const FullStream&) = delete;
  FullStream& operator=(const FullStream&) = delete;

 private:
  int fd_;
  UniqueFd before_;
};

TEST(StandardStreamsTest, OutputThatCantBeWrittenIsAnError) {
  const std::string message = MessageOf<std::system_error>([] {
    const FullStream full(STDOUT_FILENO);
    PrintOutput("text");
  });
  EXPECT_EQ(message, "standard output: No space left on device");
}

TEST(StandardStreamsTest, AComplaintThatCantBeWrittenIsNone) {
  const FullStream full(STDERR_FILENO);
  PrintError("text");
}

}  // namespace
}  // namespace hybrid
