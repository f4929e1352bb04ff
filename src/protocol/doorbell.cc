#include "protocol/doorbell.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "base/system_error.h"

namespace hybrid {
namespace {

/// Receives once; true unless the other end is gone.
bool Receive(int fd, int flags, bool* took_bytes) {
  std::array<char, 64> bytes;
  for (;;) {
    const ssize_t size = recv(fd, bytes.data(), bytes.size(), flags);
    *took_bytes = size > 0;
    if (size > 0) return true;
    if (size < 0 && errno == EINTR) continue;
    return size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  }
}

}  // namespace

std::pair<Doorbell, Doorbell> Doorbell::Pair() {
  std::array<int, 2> fds{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) != 0) {
    ThrowSystemError("socketpair");
  }
  return {Doorbell(UniqueFd(fds[0])), Doorbell(UniqueFd(fds[1]))};
}

void Doorbell::Ring() const {
  const char byte = 1;
  // A full buffer means that the other end will wake up anyway.
  while (send(fd(), &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 &&
         errno == EINTR) {
  }
}

bool Doorbell::Drain() const {
  bool took_bytes = true;
  while (took_bytes) {
    if (!Receive(fd(), MSG_DONTWAIT, &took_bytes)) return false;
  }
  return true;
}

bool Doorbell::Wait() const {
  bool took_bytes = false;
  return Receive(fd(), 0, &took_bytes);
}

}  // namespace hybrid
