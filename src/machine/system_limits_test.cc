#include "machine/system_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <optional>
#include <string>

#include "base/test_root.h"

namespace hybrid {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Optional;

constexpr std::uint64_t kKibibyte = 1024;

class SystemLimitsTest : public RootTest {
 protected:
  SystemLimitsTest() { Lay("/proc/self/stat", "1 (test) R 1\n"); }
  SystemLimits Limits() const { return ReadSystemLimits(root()); }
};

TEST_F(SystemLimitsTest, MemAvailableIsTakenAsItIs) {
  Lay("/proc/meminfo", "MemFree: 10 kB\nMemAvailable: 70 kB\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(70 * kKibibyte));
  EXPECT_THAT(Limits().notes, IsEmpty());
}

TEST_F(SystemLimitsTest, WithoutMemAvailableWhatIsFreeAndCachedCounts) {
  Lay("/proc/meminfo",
      "MemTotal: 100 kB\nMemFree: 10 kB\nBuffers: 5 kB\nCached: 40 kB\n"
      "Shmem: 15 kB\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(40 * kKibibyte));
  EXPECT_THAT(Limits().notes, Contains(HasSubstr("MemAvailable")));
  Lay("/proc/meminfo", "MemFree: 10 kB\nShmem: 15 kB\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(10 * kKibibyte));
}

TEST_F(SystemLimitsTest, WithoutMeminfoTheSystemIsAsked) {
  const SystemLimits limits = Limits();
  EXPECT_GT(limits.memory_available_bytes.value_or(0), 0U);
  EXPECT_THAT(limits.notes, Contains(HasSubstr("sysinfo")));
}

TEST(NoProcTest, IsSaid) {
  const TestFolder empty;
  EXPECT_THAT(ReadSystemLimits(empty.path()).notes,
              Contains(HasSubstr("/proc is not there")));
  EXPECT_THAT(ReadSystemLimits().notes, IsEmpty());
}

/// Runs `check` in a process of its own, which may limit itself.
template <typename Check>
bool Holds(Check check) {
  const pid_t pid = fork();
  if (pid == 0) _exit(check() ? 0 : 1);
  int status = 0;
  return waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

bool Limit(decltype(RLIMIT_AS) resource, std::uint64_t soft) {
  rlimit limit{};
  if (getrlimit(resource, &limit) != 0) return false;
  limit.rlim_cur = soft;
  return setrlimit(resource, &limit) == 0;
}

TEST(RealLimitsTest, TheLesserOfAddressSpaceAndDataBindsAProcess) {
  // So large that the sanitizers' shadow memory of 16 TiB keeps within them.
  static constexpr std::uint64_t kAddressBytes = std::uint64_t{1} << 46;
  static constexpr std::uint64_t kDataBytes = kAddressBytes / 2;
  EXPECT_TRUE(Holds([] {
    return Limit(RLIMIT_AS, kAddressBytes) &&
           ReadSystemLimits().process_bytes == kAddressBytes &&
           Limit(RLIMIT_DATA, kDataBytes) &&
           ReadSystemLimits().process_bytes == kDataBytes;
  }));
}

TEST(RealLimitsTest, ProcessesOfAUserAreCounted) {
  EXPECT_TRUE(Holds([] {
    // The superuser is not limited.
    if (getuid() == 0 && setuid(65534) != 0) return true;
    if (!Limit(RLIMIT_NPROC, 4000)) return false;
    const auto tasks = ReadSystemLimits().tasks_available;
    return tasks && *tasks < 4000 && *tasks > 0;
  }));
}

}  // namespace
}  // namespace hybrid
