// Dies of a signal when it is loaded, as a library does that was built for
// another CPU.

#include <csignal>

namespace {

__attribute__((constructor)) void CrashWhenLoaded() {
  std::signal(SIGILL, SIG_DFL);
  std::raise(SIGILL);
}

}  // namespace
