#include "machine/system_limits.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "base/text_file.h"
#include "machine/meminfo.h"

namespace hybrid {
namespace {

std::optional<std::uint64_t> SoftLimit(decltype(RLIMIT_AS) resource) {
  rlimit limit{};
  if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
    return std::nullopt;
  }
  return limit.rlim_cur;
}

/// What kernels and containers that do not tell MemAvailable tell instead: the
/// page cache can be dropped, but for what lies in tmpfs.
std::optional<std::uint64_t> FreeAndCached(const std::string& root) {
  const auto free = ReadMeminfo("MemFree", root);
  if (!free) return std::nullopt;
  const std::uint64_t cached = ReadMeminfo("Buffers", root).value_or(0) +
                               ReadMeminfo("Cached", root).value_or(0);
  return *free + cached -
         std::min(cached, ReadMeminfo("Shmem", root).value_or(0));
}

void ReadMemory(const std::string& root, SystemLimits& limits) {
  limits.memory_available_bytes = ReadMeminfo("MemAvailable", root);
  if (limits.memory_available_bytes) return;
  limits.memory_available_bytes = FreeAndCached(root);
  if (limits.memory_available_bytes) {
    limits.notes.emplace_back(
        "/proc/meminfo does not tell MemAvailable: free memory and the page "
        "cache are taken for it");
    return;
  }
  struct sysinfo info {};
  if (sysinfo(&info) == 0) {
    limits.memory_available_bytes =
        (std::uint64_t{info.freeram} + info.bufferram) * info.mem_unit;
  }
  limits.notes.push_back(fmt::format(
      "/proc/meminfo does not tell the memory available: {}",
      limits.memory_available_bytes
          ? "sysinfo(2) is asked, which takes the page cache for used"
          : "what is too large for it is not left out"));
}

/// Threads of all processes of this user, as RLIMIT_NPROC counts them.
std::uint64_t TasksOfUser(const std::string& root) {
  constexpr std::size_t kNumThreads = 20 - 3;  // field of /proc/PID/stat
  std::uint64_t tasks = 0;
  std::error_code error;
  std::filesystem::directory_iterator folder(root + "/proc", error);
  for (; !error && folder != std::filesystem::directory_iterator();
       folder.increment(error)) {
    const std::string path = folder->path().string();
    struct stat status {};
    if (!ParseNumber<pid_t>(folder->path().filename().string()) ||
        stat(path.c_str(), &status) != 0 || status.st_uid != getuid()) {
      continue;
    }
    const std::string text = text_file::Read(path + "/stat").value_or("");
    const std::vector<std::string_view> fields = text_file::StatFields(text);
    if (fields.size() <= kNumThreads) continue;
    tasks += ParseNumber<std::uint64_t>(fields[kNumThreads]).value_or(1);
  }
  return tasks;
}

std::optional<std::uint64_t> TasksAvailable(const std::string& root) {
  const auto limit = SoftLimit(RLIMIT_NPROC);
  if (!limit || getuid() == 0) return std::nullopt;
  return *limit - std::min(*limit, TasksOfUser(root));
}

}  // namespace

SystemLimits ReadSystemLimits(const std::string& root) {
  SystemLimits limits;
  ReadMemory(root, limits);
  limits.process_bytes = SoftLimit(RLIMIT_AS);
  if (const auto data = SoftLimit(RLIMIT_DATA)) {
    limits.process_bytes =
        std::min(limits.process_bytes.value_or(*data), *data);
  }
  limits.tasks_available = TasksAvailable(root);
  if (!text_file::Read(root + "/proc/self/stat")) {
    limits.notes.emplace_back(
        "/proc is not there: what other programs and the kernel do to the "
        "figures is not seen, nor how many threads the BLAS runs (mount -t "
        "proc proc /proc)");
  }
  return limits;
}

}  // namespace hybrid
