#include "interrupt.h"

#include <signal.h>

namespace hybrid {
namespace {

// A handler can reach nothing else.
volatile sig_atomic_t noted_signal = 0;

extern "C" void NoteSignal(int number) { noted_signal = number; }

}  // namespace

void CatchInterrupts() {
  struct sigaction action {};
  action.sa_handler = &NoteSignal;
  // No SA_RESTART: poll has to return.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  signal(SIGXFSZ, SIG_IGN);
  // Whoever ignores it hands that on, and then no child's status can be had.
  signal(SIGCHLD, SIG_DFL);
}

int InterruptSignal() { return noted_signal; }

}  // namespace hybrid
