#include "machine/cpu_locks.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/clock.h"
#include "base/parse_number.h"
#include "base/text.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

/// flock(2) knows no time limit, so that it is tried again and again.
constexpr int kTryAgainMs = 50;
/// Of an owner's line, as it is written and as it is told.
constexpr std::size_t kOwnerBytes = 200;
/// Everybody measures with everybody's files, whatever umask made them.
constexpr mode_t kForAll = 0666;
constexpr int kOpenFlags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

/// `text` as a short line that does nothing to a terminal: anybody may write
/// into such a file.
std::string Printable(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (c < ' ' || c > '~') c = c == '\0' || c == '\n' ? ' ' : '?';
  }
  line.erase(line.find_last_not_of(' ') + 1);
  constexpr std::string_view kMore = "...";
  if (line.size() <= kOwnerBytes) return line;
  return line.replace(kOwnerBytes - kMore.size(), std::string::npos, kMore);
}

/// A new file that all may lock and write.
int Create(const std::string& path) {
  const mode_t mask = umask(0);
  const int fd =
      open(path.c_str(), kOpenFlags | O_RDWR | O_CREAT | O_EXCL, kForAll);
  const int error = errno;
  umask(mask);
  errno = error;
  return fd;
}

/// The file, which is made if it is not there; -1 and an errno. O_CREAT is
/// only for who makes it: in a folder like /tmp that may be refused of a file
/// of somebody else's (fs.protected_regular), which can be locked all the same.
int Open(const std::string& path) {
  constexpr int kTries = 2;
  for (int i = 0; i < kTries; ++i) {
    int fd = open(path.c_str(), kOpenFlags | O_RDWR);
    // A lock needs no right to write.
    if (fd < 0 && (errno == EACCES || errno == EROFS)) {
      fd = open(path.c_str(), kOpenFlags | O_RDONLY);
    }
    if (fd < 0 && errno == ENOENT) fd = Create(path);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

/// Whether it is what Create makes: another name of another file must not be
/// written to.
bool IsLockFile(int fd) {
  struct stat status {};
  return fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
         status.st_nlink == 1;
}

bool MayWrite(int fd) { return (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDWR; }

/// Puts `owner` into the file in place of what was there. Where that fails, who
/// waits does not learn for whom, which is no harm.
void Name(int fd, const std::string& owner) {
  if (!MayWrite(fd) || ftruncate(fd, 0) != 0 || owner.empty()) return;
  const std::string line = Printable(owner) + "\n";
  [[maybe_unused]] const ssize_t written =
      pwrite(fd, line.data(), line.size(), 0);
}

/// Whom the file names, as far as it can be believed.
std::string OwnerIn(int fd, const std::string& path) {
  constexpr std::string_view kPid = "pid ";
  std::array<char, 2 * kOwnerBytes> bytes{};
  const ssize_t got = pread(fd, bytes.data(), bytes.size(), 0);
  std::string_view text(bytes.data(),
                        got > 0 ? static_cast<std::size_t>(got) : 0);
  text = text.substr(0, text.find('\n'));
  std::optional<pid_t> pid;
  if (text.starts_with(kPid)) {
    const std::string_view rest = text.substr(kPid.size());
    pid = ParseNumber<pid_t>(rest.substr(0, rest.find(' ')));
  }
  if (!pid || *pid <= 0) {
    return fmt::format("a process that left no name in {}", path);
  }
  // In another container, or gone: somebody else holds it by now.
  const bool is_unknown = kill(*pid, 0) != 0 && errno == ESRCH;
  return fmt::format("{}{}",
                     is_unknown ? "a process that is not seen from here, by "
                                  "its file "
                                : "",
                     Printable(text));
}

/// 0 if that file is locked now, or the errno: EWOULDBLOCK where another
/// process holds the lock.
int TryLock(int fd) {
  while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

std::string Refusal(const std::string& path, int error) {
  return fmt::format("{}: {}", path, std::generic_category().message(error));
}

}  // namespace

CpuLocks::CpuLocks(const std::string& folder, CpuList cpus,
                   const std::string& owner, const LockWait& wait) {
  std::sort(cpus.begin(), cpus.end());
  for (const int cpu : cpus) {
    if (!Lock(cpu, folder, owner, wait)) return;
  }
}

CpuLocks::~CpuLocks() {
  for (const UniqueFd& file : files_) {
    if (file.valid()) Name(file.get(), "");
  }
}

/// False where the wait was given up.
bool CpuLocks::Lock(int cpu, const std::string& folder,
                    const std::string& owner, const LockWait& wait) {
  const std::string path =
      fmt::format("{}/hybridbench-cpu{}.lock", folder, cpu);
  UniqueFd file(Open(path));
  if (!file.valid()) {
    KeepFirst(Refusal(path, errno), refused_);
    return true;
  }
  if (!IsLockFile(file.get())) {
    KeepFirst(path + ": is no file of its own", refused_);
    return true;
  }
  int error = TryLock(file.get());
  if (error == EWOULDBLOCK) error = Wait(file.get(), cpu, path, wait);
  if (gave_up_) return false;
  if (error != 0) {
    KeepFirst(Refusal(path, error), refused_);
    return true;
  }
  Name(file.get(), owner);
  files_.push_back(std::move(file));
  return true;
}

/// What TryLock says at last.
int CpuLocks::Wait(int fd, int cpu, const std::string& path,
                   const LockWait& wait) {
  const double waited_before_s = waited_s_;
  const std::int64_t since_ns = NowNs();
  int error = EWOULDBLOCK;
  while (!gave_up_) {
    poll(nullptr, 0, kTryAgainMs);
    error = TryLock(fd);
    waited_s_ = waited_before_s + NsToSeconds(NowNs() - since_ns);
    if (error != EWOULDBLOCK) break;
    // Not at the first try: who has just got it has to write its name.
    in_the_way_ = fmt::format("CPU {} is locked by {}", cpu, OwnerIn(fd, path));
    if (wait.on_wait && !std::exchange(was_told_, true)) {
      wait.on_wait(in_the_way_);
    }
    gave_up_ = (wait.limit_s && waited_s_ >= *wait.limit_s) ||
               (wait.interrupted && wait.interrupted());
  }
  return error;
}

std::string OwnerText(std::string_view since_utc) {
  const std::string command =
      text_file::Read("/proc/self/cmdline").value_or("");
  return Printable(
      fmt::format("pid {} since {}: {}", getpid(), since_utc, command));
}

}  // namespace hybrid
