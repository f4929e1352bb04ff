// Worlds that lack something, refuse something or are shared with others: made
// for real, where the system lets the test make them.

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/test_child.h"
#include "base/text_file.h"
#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

/// What a process says that can't make its world.
constexpr int kNoSuchWorld = 77;

/// For a bench: mounts of its own, of which `change` makes what it wants.
template <typename Change>
auto OwnMounts(Change change) {
  return [change] {
    if (unshare(CLONE_NEWNS) != 0 ||
        mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        !change()) {
      _exit(kNoSuchWorld);
    }
  };
}

/// For a bench: `call` fails with EPERM, as a container's profile has it.
auto Refuse(std::uint32_t call) {
  return [call] {
    std::array<sock_filter, 4> filter{
        {{BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
         {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, call},
         {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EPERM},
         {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}}};
    const sock_fprog program{filter.size(), filter.data()};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
      _exit(kNoSuchWorld);
    }
  };
}

/// Owns a control group of cgroup v1, in which a bench can be put.
class ControlGroup {
 public:
  ControlGroup(const std::string& controller, const std::string& file,
               const std::string& value)
      : path_(fmt::format("/sys/fs/cgroup/{}/hybrid-test-{}", controller,
                          getpid())) {
    std::error_code error;
    made_ = std::filesystem::create_directory(path_, error) &&
            Write(path_ + "/" + file, value);
  }
  ~ControlGroup() { rmdir(path_.c_str()); }
  ControlGroup(const ControlGroup&) = delete;
  ControlGroup& operator=(const ControlGroup&) = delete;

  bool made() const { return made_; }
  auto Enter() const {
    return [this] {
      if (!Write(path_ + "/cgroup.procs", "0")) _exit(kNoSuchWorld);
    };
  }

 private:
  static bool Write(const std::string& file, const std::string& value) {
    const int fd = open(file.c_str(), O_WRONLY | O_CLOEXEC);
    const bool written = write(fd, value.data(), value.size()) ==
                         static_cast<ssize_t>(value.size());
    close(fd);
    return written;
  }

  std::string path_;
  bool made_ = false;
};

class WorldTest : public BenchTest {
 protected:
  /// A quick sweep in that world, into r.csv. False where there is no such
  /// world to be had.
  bool RunIn(std::function<void()> world,
             const std::vector<std::string>& arguments = {}) {
    result_ = Run(Quick(Override({"--csv=r.csv"}, arguments)),
                  {.prepare = std::move(world)});
    return result_.exit_code() != kNoSuchWorld;
  }

  /// All was measured, and the file says what `warning` says on the screen.
  void ExpectMeasured(const std::string& warning) {
    EXPECT_EQ(result_.exit_code(), 0) << result_.out << result_.err;
    // hwloc says on its own that it misses /proc/cpuinfo.
    // On a busy machine bench says what it measured anew.
    EXPECT_THAT(Lines(result_.err), Each(AnyOf(Not(HasSubstr("bench")),
                                               HasSubstr("measured anew"))));
    const std::vector<Row> rows = ReadCsv(File("r.csv"));
    EXPECT_THAT(rows, AllOf(SizeIs(4), Each(Field(&Row::status, Status::kOk)),
                            Each(Field(&Row::warnings, HasSubstr(warning)))));
    if (warning.empty()) return;
    const std::size_t said = result_.out.find(warning);
    EXPECT_NE(said, std::string::npos) << result_.out;
    EXPECT_EQ(said, result_.out.rfind(warning)) << "said more than once";
  }

  BenchResult result_;
};

TEST_F(WorldTest, WithoutMemAvailableTheFreeMemoryCounts) {
  WriteFile(File("meminfo"),
            "MemTotal: 8000000 kB\nMemFree: 4000000 kB\nBuffers: 0 kB\n"
            "Cached: 2000000 kB\n");
  if (!RunIn(OwnMounts([file = File("meminfo")] {
        return mount(file.c_str(), "/proc/meminfo", nullptr, MS_BIND,
                     nullptr) == 0;
      }))) {
    GTEST_SKIP() << "no mounts of our own";
  }
  ExpectMeasured("/proc/meminfo does not tell MemAvailable");
  EXPECT_THAT(result_.out, HasSubstr("5.72 GiB of memory available"));
}

TEST_F(WorldTest, WithoutProcItMeasuresWithoutEvidence) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "AddressSanitizer itself takes the stack's place from /proc";
#endif
  if (!RunIn(OwnMounts(
          [] { return mount("none", "/proc", "tmpfs", 0, nullptr) == 0; }))) {
    GTEST_SKIP() << "no mounts of our own";
  }
  ExpectMeasured("/proc is not there");
  for (const Row& row : ReadCsv(File("r.csv"))) {
    EXPECT_FALSE(row.cpu_s);
    EXPECT_FALSE(row.steal_s);
    EXPECT_FALSE(row.foreign_cpu_s);
    EXPECT_FALSE(row.threads_seen);
    EXPECT_FALSE(row.cpu_share);
  }
}

TEST_F(WorldTest, WithoutSysItMeasures) {
  if (!RunIn(OwnMounts(
          [] { return mount("none", "/sys", "tmpfs", 0, nullptr) == 0; }))) {
    GTEST_SKIP() << "no mounts of our own";
  }
  EXPECT_EQ(result_.exit_code(), 0) << result_.out << result_.err;
  EXPECT_THAT(ReadCsv(File("r.csv")),
              AllOf(SizeIs(4), Each(Field(&Row::status, Status::kOk))));
}

// Boost.Process would watch its children through one.
TEST_F(WorldTest, NoPidfdIsNeeded) {
  ASSERT_TRUE(RunIn(Refuse(SYS_pidfd_open)));
  ExpectMeasured("");
}

TEST_F(WorldTest, WhereNobodyMayBeBoundToCpusWorkersRunAnywhere) {
  ASSERT_TRUE(RunIn(Refuse(SYS_sched_setaffinity)));
  ExpectMeasured(
      "sched_setaffinity: Operation not permitted: workers can't be "
      "bound");
  ASSERT_TRUE(RunIn(Refuse(SYS_sched_setaffinity),
                    {"--pin=cores", "--csv=none", "--dry_run"}));
  EXPECT_THAT(result_.out, HasSubstr("--pin=cores: this system refuses"));
}

TEST_F(WorldTest, ARefusedCallIsNamedWithTheWayOut) {
  ASSERT_TRUE(RunIn(Refuse(SYS_sched_getaffinity)));
  EXPECT_EQ(result_.exit_code(), 1);
  EXPECT_THAT(
      Lines(result_.err),
      ElementsAre(AllOf(HasSubstr("sched_getaffinity: Operation not permitted"),
                        HasSubstr("seccomp profile"))));
  ASSERT_TRUE(RunIn(Refuse(SYS_prctl), {"--csv=s.csv"}));
  EXPECT_EQ(result_.exit_code(), 1);
  EXPECT_THAT(result_.err, HasSubstr("the system refuses prctl: Operation not "
                                     "permitted"));
  EXPECT_THAT(result_.err + result_.out, Not(HasSubstr("Linux before")));
}

TEST_F(WorldTest, AddressSpaceBindsTheSweepAndTheCeilings) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "sanitizers need terabytes of it";
#endif
  const auto limit = [] {
    const rlimit most{std::uint64_t{600} << 20, std::uint64_t{600} << 20};
    if (setrlimit(RLIMIT_AS, &most) != 0) _exit(kNoSuchWorld);
  };
  ASSERT_TRUE(RunIn(limit, {"--ceilings=auto", "--n=16,8000"}));
  EXPECT_EQ(result_.exit_code(), 0) << result_.out << result_.err;
  EXPECT_THAT(ReadCsv(File("r.csv")),
              AllOf(SizeIs(4), Each(Field(&Row::status, Status::kOk))));
  EXPECT_THAT(result_.out, HasSubstr("address space in each process"));
}

TEST_F(WorldTest, AMachineThatHwlocMakesUpCanOnlyBeLookedAt) {
  const std::vector<std::string> machine{
      "HWLOC_SYNTHETIC=package:2 core:4 pu:1"};
  const BenchResult measured =
      Run(Quick({"--csv=r.csv"}), {.environment = machine});
  EXPECT_EQ(measured.exit_code(), 2);
  EXPECT_THAT(
      Lines(measured.err),
      ElementsAre(AllOf(HasSubstr("HWLOC_SYNTHETIC"), HasSubstr("--dry_run"))));
  EXPECT_THAT(Files(), IsEmpty());
  for (const char* look : {"--dry_run", "--benchmark_list_tests"}) {
    EXPECT_EQ(Run(Quick({look}), {.environment = machine}).exit_code(), 0);
  }
}

TEST_F(WorldTest, AQuotaOfOneAndAHalfCpusIsOneCore) {
  const ControlGroup group("cpu", "cpu.cfs_quota_us", "150000");
  if (!group.made() ||
      !RunIn(group.Enter(),
             {"--workers=auto", "--dry_run=full", "--blas_threads=auto"})) {
    GTEST_SKIP() << "no control group of our own";
  }
  std::vector<std::string> run;
  for (const std::string& line : Lines(result_.out)) {
    if (line.starts_with("run ")) run.push_back(line);
  }
  EXPECT_THAT(run, ElementsAre(HasSubstr("workers:1/blas_threads:1/"),
                               HasSubstr("workers:1/blas_threads:2/"),
                               HasSubstr("workers:2/blas_threads:1/")));
  ASSERT_TRUE(RunIn(group.Enter()));
  EXPECT_EQ(result_.exit_code(), 0) << result_.out << result_.err;
  EXPECT_THAT(result_.out, HasSubstr("CPU quota 1.50"));
  EXPECT_THAT(ReadCsv(File("r.csv")), Each(Field(&Row::usable_cores, 1U)));
}

TEST_F(WorldTest, ALimitOnProcessesIsNoSurprise) {
  const ControlGroup group("pids", "pids.max", "12");
  if (!group.made() || !RunIn(group.Enter(), {"--workers=1,40"})) {
    GTEST_SKIP() << "no control group of our own";
  }
  EXPECT_EQ(result_.exit_code(), 0) << result_.out << result_.err;
  EXPECT_THAT(result_.out,
              AllOf(HasSubstr("40×1"), HasSubstr("needs 40 processes"),
                    HasSubstr("pids.max")));
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(2));
}

// `taskset -c 1 a-busy-loop` beside `taskset -c 0 bench`.
TEST_F(WorldTest, LoadOnCpusThatAreNotOursIsNotOurs) {
  cpu_set_t allowed;
  ASSERT_EQ(sched_getaffinity(0, sizeof allowed, &allowed), 0);
  if (CPU_COUNT(&allowed) < 2) GTEST_SKIP() << "takes two CPUs";
  const TestChild busy([&allowed] {
    cpu_set_t last;
    CPU_ZERO(&last);
    for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
      if (!CPU_ISSET(cpu, &allowed)) continue;
      CPU_ZERO(&last);
      CPU_SET(cpu, &last);
    }
    sched_setaffinity(0, sizeof last, &last);
    Burn();
  });
  const BenchResult result = Run(Quick({"--csv=r.csv", "--n=256", "--workers=1",
                                        "--benchmark_min_time=0.5"}),
                                 {.cpus = 1});
  EXPECT_EQ(result.exit_code(), 0) << result.out << result.err;
  for (const Row& row : ReadCsv(File("r.csv"))) {
    ASSERT_TRUE(row.foreign_cpu_s && row.cpu_s && row.wall_s);
    // Others may use our CPU, too, but all together no more than it has, give
    // or take a tick. With the load beside it would be twice as much.
    EXPECT_LT(*row.foreign_cpu_s + *row.cpu_s, 1.6 * *row.wall_s);
  }
}

}  // namespace
}  // namespace hybrid
