#include "test_bench.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/parse_number.h"
#include "base/system_error.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

constexpr int kPollMicroseconds = 2000;
/// More CPU time, in ticks, than a worker uses to get ready.
constexpr long kBusyTicks = 20;

/// What /proc/<pid>/stat tells of a process.
struct ProcessStat {
  std::string command;
  pid_t parent = 0;
  long cpu_ticks = 0;
};

std::optional<ProcessStat> ReadStat(pid_t pid) {
  const std::string folder = "/proc/" + std::to_string(pid);
  const std::string text = text_file::Read(folder + "/stat").value_or("");
  const std::vector<std::string_view> fields = text_file::StatFields(text);
  if (fields.size() < 13) return {};
  const auto number = [&fields](std::size_t field) {
    return ParseNumber<long>(fields[field - 3]).value_or(0);
  };
  const std::size_t name = text.find('(') + 1;
  return ProcessStat{.command = text.substr(name, text.rfind(')') - name),
                     .parent = static_cast<pid_t>(number(4)),
                     .cpu_ticks = number(14) + number(15)};
}

std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// This process's variables, less those that would steer bench, and `added`.
std::vector<std::string> MakeEnvironment(
    const std::vector<std::string>& added) {
  std::vector<std::string> environment;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    if (text.starts_with("BENCHMARK_") || text.starts_with("HYBRID_")) continue;
    environment.emplace_back(text);
  }
  return Override(std::move(environment), added);
}

void LimitToCpus(int count) {
  cpu_set_t allowed;
  cpu_set_t limited;
  CPU_ZERO(&limited);
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) _exit(126);
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&limited) < count;
       ++cpu) {
    if (CPU_ISSET(cpu, &allowed)) CPU_SET(cpu, &limited);
  }
  if (sched_setaffinity(0, sizeof limited, &limited) != 0) _exit(126);
}

void SendTo(const std::string& file, int stream) {
  if (file.empty()) return;
  const int fd =
      open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0 || dup2(fd, stream) < 0) _exit(126);
}

void TakeTerminal(int fd) {
  if (setsid() < 0 || ioctl(fd, TIOCSCTTY, 0) != 0) _exit(126);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (dup2(fd, stream) < 0) _exit(126);
  }
}

std::string ReadAll(int fd) {
  std::string text;
  char buffer[4096];
  ssize_t got = 0;
  while ((got = pread(fd, buffer, sizeof buffer,
                      static_cast<off_t>(text.size()))) > 0) {
    text.append(buffer, static_cast<std::size_t>(got));
  }
  return text;
}

}  // namespace

BenchSettings WithStreams(const std::string& out, const std::string& err) {
  BenchSettings settings;
  settings.out = out;
  settings.err = err;
  return settings;
}

int BenchResult::exit_code() const {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
}

BenchProcess::BenchProcess(const std::string& folder,
                           std::vector<std::string> arguments,
                           const BenchSettings& settings)
    : out_fd_(memfd_create("bench-stdout", MFD_CLOEXEC)),
      err_fd_(memfd_create("bench-stderr", MFD_CLOEXEC)) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  pid_ = fork();
  if (pid_ < 0) {
    ThrowSystemError("fork");
  }
  if (pid_ == 0) Exec(folder, arguments, settings);
  // On both sides, or the first signal could come before there is a group. Who
  // gets a terminal becomes the leader of a session by himself.
  if (settings.terminal_fd < 0) setpgid(pid_, pid_);
}

void BenchProcess::Exec(const std::string& folder,
                        const std::vector<std::string>& arguments,
                        const BenchSettings& settings) const {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (settings.terminal_fd < 0) setpgid(0, 0);
  dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
  dup2(out_fd_, STDOUT_FILENO);
  dup2(err_fd_, STDERR_FILENO);
  if (chdir(folder.c_str()) != 0) _exit(126);
  SendTo(settings.out, STDOUT_FILENO);
  SendTo(settings.err, STDERR_FILENO);
  signal(SIGHUP, settings.ignores_hang_up ? SIG_IGN : SIG_DFL);
  if (settings.terminal_fd >= 0) TakeTerminal(settings.terminal_fd);
  if (settings.prepare) settings.prepare();
  if (settings.cpus > 0) LimitToCpus(settings.cpus);
  std::vector<std::string> all{HYBRID_BENCH};
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment = MakeEnvironment(
      Override({"HYBRIDBENCH_LOCKS=" + locks_.path()}, settings.environment));
  if (settings.largest_file_bytes > 0) {
    const rlimit limit{settings.largest_file_bytes,
                       settings.largest_file_bytes};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(126);
  }
  execve(HYBRID_BENCH, Pointers(all).data(), Pointers(environment).data());
  _exit(127);
}

BenchProcess::~BenchProcess() {
  if (Running()) {
    kill(-pid_, SIGKILL);
    // Its workers as well: they are ours now.
    while (waitpid(-1, nullptr, 0) > 0) {
    }
  }
  close(out_fd_);
  close(err_fd_);
}

bool BenchProcess::Running() {
  int status = 0;
  if (!wait_status_ && waitpid(pid_, &status, WNOHANG) == pid_) {
    wait_status_ = status;
  }
  return !wait_status_;
}

void BenchProcess::Await(const std::function<bool()>& condition) {
  while (!condition()) {
    if (!Running()) {
      throw std::runtime_error("bench ended too early:\n" + ReadAll(out_fd_) +
                               ReadAll(err_fd_));
    }
    usleep(kPollMicroseconds);
  }
}

pid_t BenchProcess::AwaitBusyWorker() {
  // The workers of the configuration before may still be there, but idle.
  std::map<pid_t, long> first_ticks;
  pid_t busy = -1;
  Await([&] {
    for (const pid_t child : Children()) {
      const std::optional<ProcessStat> stat = ReadStat(child);
      if (!stat || stat->command.find("-worker") == std::string::npos) continue;
      const auto [first, is_new] =
          first_ticks.try_emplace(child, stat->cpu_ticks);
      if (stat->cpu_ticks - first->second >= kBusyTicks) busy = child;
    }
    return busy > 0;
  });
  return busy;
}

std::vector<pid_t> BenchProcess::Children() const {
  std::vector<pid_t> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    const std::optional<pid_t> pid = ParseNumber<pid_t>(name);
    if (!pid) continue;
    const std::optional<ProcessStat> stat = ReadStat(*pid);
    if (stat && stat->parent == pid_) children.push_back(*pid);
  }
  return children;
}

BenchResult BenchProcess::Wait() {
  if (!wait_status_) {
    int status = 0;
    if (waitpid(pid_, &status, 0) != pid_) {
      ThrowSystemError("waitpid");
    }
    wait_status_ = status;
  }
  return {.wait_status = *wait_status_,
          .out = ReadAll(out_fd_),
          .err = ReadAll(err_fd_)};
}

void BenchTest::TearDown() {
  const pid_t left = waitpid(-1, nullptr, WNOHANG);
  EXPECT_EQ(left, -1) << (left == 0 ? "bench left a process behind"
                                    : "bench left a zombie behind");
}

BenchResult BenchTest::Run(const std::vector<std::string>& arguments,
                           const BenchSettings& settings) const {
  return BenchProcess(folder(), arguments, settings).Wait();
}

BenchResult BenchTest::RunOneSplit(
    const std::vector<std::string>& arguments) const {
  return Run(Quick(Override({"--workers=1"}, arguments)));
}

std::vector<std::string> BenchTest::Files() const {
  std::vector<std::string> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder())) {
    files.push_back(std::filesystem::relative(entry.path(), folder()).string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> Override(std::vector<std::string> base,
                                  const std::vector<std::string>& arguments) {
  const auto flag = [](const std::string& argument) {
    return argument.substr(0, argument.find('='));
  };
  for (const std::string& argument : arguments) {
    std::erase_if(base, [&](const std::string& other) {
      return flag(other) == flag(argument);
    });
  }
  base.insert(base.end(), arguments.begin(), arguments.end());
  return base;
}

std::vector<std::string> Quick(const std::vector<std::string>& arguments) {
  return Override({"--benchmark_filter=Hybrid", "--benchmark_min_time=0.01",
                   "--benchmark_repetitions=2", "--n=16", "--batch=4",
                   "--workers=1,2", "--blas_threads=1", "--cap=600",
                   "--kernels=library", "--ceilings=none", "--rerun_noisy=0"},
                  arguments);
}

std::size_t CountRows(const std::string& path) {
  const std::string text = ReadFile(path);
  const auto lines =
      static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return lines == 0 ? 0 : lines - 1;
}

bool AreDistinct(const std::vector<Row>& rows) {
  std::set<std::tuple<Key, Stage, std::uint64_t, std::uint64_t>> seen;
  return std::all_of(rows.begin(), rows.end(), [&seen](const Row& row) {
    return seen.emplace(row, row.stage, row.repetition, row.attempt).second;
  });
}

bool HasMeasurement(const Row& row) {
  bool any = false;
  ForEachMeasurement(row, [&any](const char*, const auto& value) {
    any |= value.has_value();
  });
  return any;
}

std::vector<std::string> Lines(const std::string& text) {
  EXPECT_TRUE(text.empty() || text.ends_with('\n')) << text;
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string FaultyWorker() { return HYBRID_FAULTY_WORKER; }

}  // namespace hybrid
