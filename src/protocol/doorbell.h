#ifndef HYBRID_PROTOCOL_DOORBELL_H_
#define HYBRID_PROTOCOL_DOORBELL_H_

#include <utility>

#include "base/unique_fd.h"

namespace hybrid {

/// One end of the socket between the parent and a worker. All state is in
/// shared memory: a byte only wakes the other end up, and end of file says
/// that the other end is gone, whatever it died of.
class Doorbell {
 public:
  Doorbell() = default;
  explicit Doorbell(UniqueFd fd) : fd_(std::move(fd)) {}

  /// A connected pair, both close-on-exec: a copy in a sibling would keep the
  /// end of file from ever coming. Throws std::system_error.
  static std::pair<Doorbell, Doorbell> Pair();

  /// Wakes the other end. Never blocks; an end that is gone is not an error.
  void Ring() const;

  /// Takes all waiting bytes without blocking. False if the other end is gone.
  bool Drain() const;

  /// Sleeps until rung. False if the other end is gone.
  bool Wait() const;

  int fd() const { return fd_.get(); }
  void Close() { fd_.Close(); }

 private:
  UniqueFd fd_;
};

}  // namespace hybrid

#endif  // HYBRID_PROTOCOL_DOORBELL_H_
