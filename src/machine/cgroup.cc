#include "machine/cgroup.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_file.h"
#include "machine/cgroup_directories.h"

namespace hybrid {
namespace {

// v1 has no word for "unlimited": it shows the largest number of whole pages,
// which depends on the page size.
constexpr std::uint64_t kUnlimitedBytes = std::uint64_t{1} << 62;

template <typename T>
void Tighten(std::optional<T>& limit, std::optional<T> candidate) {
  if (candidate) limit = limit ? std::min(*limit, *candidate) : *candidate;
}

std::optional<double> QuotaOf(std::optional<std::int64_t> quota,
                              std::optional<std::int64_t> period) {
  // v1 writes -1 for none; v2's "max" has not become a number.
  if (!quota || !period || *quota <= 0 || *period <= 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

std::optional<double> UnifiedQuota(const std::string& directory) {
  const std::optional<std::string> text =
      text_file::Read(directory + "/cpu.max");
  if (!text) return std::nullopt;
  const std::vector<std::string_view> words = text_file::Words(*text);
  if (words.size() != 2) return std::nullopt;
  return QuotaOf(ParseNumber<std::int64_t>(words[0]),
                 ParseNumber<std::int64_t>(words[1]));
}

std::optional<double> V1Quota(const std::string& directory) {
  return QuotaOf(
      text_file::ReadInteger<std::int64_t>(directory + "/cpu.cfs_quota_us"),
      text_file::ReadInteger<std::int64_t>(directory + "/cpu.cfs_period_us"));
}

// The names under which a version of cgroup tells the same things.
struct MemoryFiles {
  const char* limit;
  const char* throttle;  // above it a group is slowed down; null: no such file
  const char* usage;
  const char* inactive_file;  // key in memory.stat
};
constexpr MemoryFiles kUnifiedMemory = {"/memory.max", "/memory.high",
                                        "/memory.current", "inactive_file"};
constexpr MemoryFiles kV1Memory = {"/memory.limit_in_bytes", nullptr,
                                   "/memory.usage_in_bytes",
                                   "total_inactive_file"};

std::optional<std::uint64_t> MemoryAvailable(const std::string& directory,
                                             const MemoryFiles& files) {
  auto limit = text_file::ReadInteger<std::uint64_t>(directory + files.limit);
  if (files.throttle != nullptr) {
    Tighten(limit,
            text_file::ReadInteger<std::uint64_t>(directory + files.throttle));
  }
  if (!limit || *limit >= kUnlimitedBytes) return std::nullopt;
  std::uint64_t used =
      text_file::ReadInteger<std::uint64_t>(directory + files.usage)
          .value_or(0);
  // Page cache that nobody has used lately is counted as usage, but the kernel
  // drops it before it refuses memory. Without this a build that has just run
  // in the same container would make the machine look full.
  if (const auto stat = text_file::Read(directory + "/memory.stat")) {
    const auto field = text_file::FindField(*stat, files.inactive_file);
    const std::uint64_t reclaimable =
        field ? ParseNumber<std::uint64_t>(*field).value_or(0) : 0;
    used -= std::min(used, reclaimable);
  }
  return *limit - std::min(*limit, used);
}

std::optional<std::uint64_t> TasksLeftIn(const std::string& directory) {
  const auto limit =
      text_file::ReadInteger<std::uint64_t>(directory + "/pids.max");
  if (!limit) return std::nullopt;
  const std::uint64_t used =
      text_file::ReadInteger<std::uint64_t>(directory + "/pids.current")
          .value_or(0);
  return *limit - std::min(*limit, used);
}

}  // namespace

CgroupLimits ReadCgroupLimits(const std::string& root) {
  // Both versions can be mounted at once, each with some of the controllers.
  const CgroupDirectories directories = FindCgroupDirectories(root);
  CgroupLimits limits;
  for (const std::string& directory : directories.unified) {
    Tighten(limits.cpu_quota, UnifiedQuota(directory));
    Tighten(limits.memory_available_bytes,
            MemoryAvailable(directory, kUnifiedMemory));
    Tighten(limits.tasks_available, TasksLeftIn(directory));
  }
  for (const std::string& directory : directories.v1_cpu) {
    Tighten(limits.cpu_quota, V1Quota(directory));
  }
  for (const std::string& directory : directories.v1_memory) {
    Tighten(limits.memory_available_bytes,
            MemoryAvailable(directory, kV1Memory));
  }
  for (const std::string& directory : directories.v1_pids) {
    Tighten(limits.tasks_available, TasksLeftIn(directory));
  }
  return limits;
}

}  // namespace hybrid
