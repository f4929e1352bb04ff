#ifndef HYBRID_MEASURE_TURNS_H_
#define HYBRID_MEASURE_TURNS_H_

#include <cstdint>

#include "base/unique_fd.h"

namespace hybrid {

/// Two processes that measure at the same time, and take turns of a few
/// milliseconds, so that both find the machine alike: while one runs batches
/// the other one's workers sleep. Each holds an end of a socketpair(2). Whoever
/// is alone, from the start or since the other one ended in whatever way, has
/// all turns.
class Turns {
 public:
  /// Alone.
  Turns() = default;
  /// Of two, of which one comes first. `socket` is open.
  Turns(UniqueFd socket, bool comes_first);

  /// Whether there was anybody to take turns with.
  bool taken() const { return socket_.valid(); }

  /// Before a batch: waits for this process's turn. The first batch of either
  /// begins when both are here.
  void Begin();
  /// Behind it: lets the other one have its turn if this one was long enough,
  /// once this one's workers sleep; those of several threads spin for longer.
  void End(bool has_threads);
  /// When all is measured that is to be alike: lets the other one finish, and
  /// waits until it has.
  void Finish();

 private:
  void Send(char message);
  void Receive();

  UniqueFd socket_;
  bool has_turn_ = true;
  bool has_said_ready_ = true;
  bool other_is_done_ = true;
  bool is_done_ = false;
  std::int64_t since_ns_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_TURNS_H_
