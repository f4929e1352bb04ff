#include "measure/interrupt.h"

#include <signal.h>
#include <time.h>

#include <cerrno>

namespace hybrid {
namespace {

// `timeout` and terminals send a signal to the process and to its group, so
// that it comes twice at once. Only after a moment is a second one a second
// thought.
constexpr time_t kMomentS = 1;

// A handler can reach nothing else.
volatile sig_atomic_t noted_signal = 0;
volatile sig_atomic_t noted_at_s = 0;

extern "C" void NoteSignal(int number) {
  const int saved_errno = errno;
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const auto now_s = static_cast<sig_atomic_t>(now.tv_sec);
  if (noted_signal == 0) {
    noted_signal = number;
    noted_at_s = now_s;
  } else if (now_s - noted_at_s > kMomentS) {
    signal(number, SIG_DFL);
    raise(number);
  }
  errno = saved_errno;
}

/// Whether who started this process had it ignore the signal.
bool IsIgnored(int number) {
  struct sigaction now {};
  return sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

}  // namespace

void CatchInterrupts() {
  struct sigaction action {};
  action.sa_handler = &NoteSignal;
  // No SA_RESTART: poll has to return.
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  if (!IsIgnored(SIGHUP)) sigaction(SIGHUP, &action, nullptr);
  signal(SIGXFSZ, SIG_IGN);
  // Whoever ignores it hands that on, and then no child's status can be had.
  signal(SIGCHLD, SIG_DFL);
}

void OutliveReaders() { signal(SIGPIPE, SIG_IGN); }

int InterruptSignal() { return noted_signal; }

bool Interrupted() { return noted_signal != 0; }

}  // namespace hybrid
