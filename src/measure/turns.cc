#include "measure/turns.h"

#include <sys/socket.h>
#include <sys/types.h>

#include <cerrno>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "measure/interrupt.h"
#include "pool/worker_group.h"

namespace hybrid {
namespace {

/// What one says to the other: that it has the turn, or has it for good.
constexpr char kTurn = 't';
constexpr char kDone = 'd';

/// Long enough for what a turn's first batch finds cold, and the wait for
/// workers to sleep, not to matter; short enough for a shared machine not to
/// change.
constexpr double kTurnS = 0.005;
constexpr double kTurnOfThreadsS = 0.015;

void LetSleep(bool has_threads) {
  std::this_thread::sleep_for(has_threads ? kThreadsFallAsleep
                                          : kWorkersFallAsleep);
}

}  // namespace

Turns::Turns(UniqueFd socket, bool comes_first)
    : socket_(std::move(socket)),
      has_turn_(false),
      has_said_ready_(comes_first),
      other_is_done_(false) {}

void Turns::Send(char message) {
  while (send(socket_.get(), &message, 1, MSG_NOSIGNAL) < 0) {
    if (errno == EINTR && !Interrupted()) continue;
    other_is_done_ = true;
    return;
  }
}

void Turns::Receive() {
  char message = 0;
  for (;;) {
    const ssize_t received = recv(socket_.get(), &message, 1, 0);
    if (received < 0 && errno == EINTR && !Interrupted()) continue;
    if (received != 1 || message == kDone) other_is_done_ = true;
    return;
  }
}

void Turns::Begin() {
  if (!std::exchange(has_said_ready_, true)) Send(kTurn);
  if (!has_turn_ && !other_is_done_) Receive();
  if (!std::exchange(has_turn_, true)) since_ns_ = NowNs();
}

void Turns::End(bool has_threads) {
  const double turn_s = has_threads ? kTurnOfThreadsS : kTurnS;
  if (other_is_done_ || NsToSeconds(NowNs() - since_ns_) < turn_s) return;
  LetSleep(has_threads);
  Send(kTurn);
  has_turn_ = other_is_done_;
}

void Turns::Finish() {
  if (!taken() || std::exchange(is_done_, true)) return;
  Send(kDone);
  while (!other_is_done_) Receive();
}

}  // namespace hybrid
