#ifndef HYBRID_BENCH_TEST_TERMINAL_H_
#define HYBRID_BENCH_TEST_TERMINAL_H_

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

#include <array>
#include <string>
#include <utility>

namespace hybrid {

/// A terminal, as ssh makes one.
class Terminal {
 public:
  explicit Terminal(unsigned short columns = 80) {
    winsize size{};
    size.ws_col = columns;
    size.ws_row = 24;
    EXPECT_EQ(openpty(&master_, &slave_, nullptr, nullptr, &size), 0);
    fcntl(master_, F_SETFD, FD_CLOEXEC);
    fcntl(slave_, F_SETFD, FD_CLOEXEC);
  }
  ~Terminal() {
    CloseSlave();
    HangUp();
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  int slave() const { return slave_; }
  void HangUp() {
    if (master_ >= 0) close(std::exchange(master_, -1));
  }

  /// All that is written to it until its last writer is gone; ours is, then.
  std::string ReadToEnd() {
    CloseSlave();
    std::string text;
    std::array<char, 4096> buffer{};
    while (true) {
      const ssize_t size = read(master_, buffer.data(), buffer.size());
      if (size <= 0) return text;
      text.append(buffer.data(), static_cast<std::size_t>(size));
    }
  }

 private:
  void CloseSlave() {
    if (slave_ >= 0) close(std::exchange(slave_, -1));
  }

  int master_ = -1;
  int slave_ = -1;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_TEST_TERMINAL_H_
