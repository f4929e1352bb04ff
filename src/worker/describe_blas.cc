#include "worker/describe_blas.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <vector>

#include "base/contains.h"
#include "base/standard_streams.h"
#include "blas/blas_files.h"
#include "blas/loaded_blas.h"
#include "worker/blas_text.h"

namespace hybrid {
namespace {

/// Told a number above one, every library shows whether it counts threads.
constexpr int kThreads = 2;

/// Exit statuses of the child, which no library is likely to end it with.
constexpr int kDescribed = 77;
constexpr int kRefused = 78;
constexpr int kNotStarted = 79;

/// The name or path that `blas` stands for. Throws std::runtime_error.
std::string Resolve(const std::string& blas) {
  if (blas == "system") {
    if (auto system = SystemBlas()) return *std::move(system);
    throw std::runtime_error("this system has no libblas.so.3");
  }
  const std::vector<std::string> names = BlasNames();
  if (IsBlasPath(blas) || Contains(names, blas)) return blas;
  throw std::runtime_error(
      fmt::format("takes {}, system, or the path of a library (./libx.so)",
                  fmt::join(names, ", ")));
}

[[noreturn]] void StartChild(const std::string& argument,
                             const BlasFiles& files) {
  // The loader reads it when a process starts, and never again.
  const char* const before = std::getenv("LD_LIBRARY_PATH");
  const std::string path = LibraryPath(files, before == nullptr ? "" : before);
  setenv("LD_LIBRARY_PATH", path.c_str(), 1);
  std::string name = "hybrid-worker";
  std::string copy = argument;
  const std::array<char*, 3> arguments{name.data(), copy.data(), nullptr};
  execv("/proc/self/exe", arguments.data());
  _exit(kNotStarted);
}

int Await(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw std::runtime_error("waitpid failed");
  }
  return status;
}

}  // namespace

int DescribeBlas(const std::string& asked, bool as_json) {
  std::string blas;
  BlasFiles files;
  try {
    blas = Resolve(asked);
    files = FilesOf(blas, kThreads);
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(fmt::format("--describe_blas{}={}: {}",
                                         as_json ? "_json" : "", asked,
                                         error.what()));
  }
  const std::string& file = files.library;
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) {
    StartChild(std::string(as_json ? kDescribeHereJson : kDescribeHere) + blas,
               files);
  }
  const int status = Await(child);
  if (WIFSIGNALED(status)) {
    throw std::runtime_error(
        fmt::format("{}: ends the process that loads it, by signal {} ({})",
                    file, WTERMSIG(status), strsignal(WTERMSIG(status))));
  }
  if (WEXITSTATUS(status) == kDescribed) return 0;
  if (WEXITSTATUS(status) == kRefused) return 1;
  if (WEXITSTATUS(status) == kNotStarted) {
    throw std::runtime_error("can't start itself again through /proc/self/exe");
  }
  throw std::runtime_error(
      fmt::format("{}: ends the process that loads it, with status {}", file,
                  WEXITSTATUS(status)));
}

int DescribeBlasHere(const std::string& blas, bool as_json) try {
  const int output = dup(STDOUT_FILENO);
  dup2(STDERR_FILENO, STDOUT_FILENO);
  const LoadedBlas loaded(FilesOf(blas, kThreads), kThreads);
  const std::string text = as_json ? BlasJson(loaded) : BlasText(loaded);
  std::fflush(stdout);
  if (output >= 0) dup2(output, STDOUT_FILENO);
  PrintOutput(text);
  return kDescribed;
} catch (const std::exception& error) {
  PrintError(fmt::format("hybrid-worker: {}\n", error.what()));
  return kRefused;
}

}  // namespace hybrid
