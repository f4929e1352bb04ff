#include "base/strays.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "base/process_list.h"

namespace hybrid {

bool AdoptOrphans() { return prctl(PR_SET_CHILD_SUBREAPER, 1) == 0; }

void DisownOrphans() { prctl(PR_SET_CHILD_SUBREAPER, 0); }

void ReapOrphans(std::optional<pid_t> kept) {
  while (true) {
    siginfo_t ended{};
    const int flags = WEXITED | WNOHANG | WNOWAIT;
    if (waitid(P_ALL, 0, &ended, flags) != 0) return;
    if (ended.si_pid == 0 || ended.si_pid == kept) return;
    waitpid(ended.si_pid, nullptr, WNOHANG);
  }
}

std::vector<pid_t> FindStrays(const std::vector<pid_t>& kept) {
  const std::vector<pid_t> all = Descendants(getpid());
  // Read later, so that who was born below a kept one meanwhile is spared.
  std::set<pid_t> spared(kept.begin(), kept.end());
  for (const pid_t pid : kept) {
    for (const pid_t below : Descendants(pid)) spared.insert(below);
  }
  std::vector<pid_t> strays;
  for (const pid_t pid : all) {
    if (!spared.contains(pid)) strays.push_back(pid);
  }
  return strays;
}

std::vector<pid_t> KillStrays(const std::vector<pid_t>& kept) {
  // Freeing a process's memory takes the kernel 36 ms per GiB.
  constexpr int kLooks = 550;
  std::vector<pid_t> strays = FindStrays(kept);
  for (int look = 0; !strays.empty() && look < kLooks; ++look) {
    for (const pid_t pid : strays) kill(pid, SIGKILL);
    usleep(look < 50 ? 200 : 10000);
    // Who is no child of ours yet becomes one when its parent ends.
    for (const pid_t pid : strays) waitpid(pid, nullptr, WNOHANG);
    strays = FindStrays(kept);
  }
  return strays;
}

}  // namespace hybrid
