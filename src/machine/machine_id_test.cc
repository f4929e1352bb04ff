#include "machine/machine_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/utsname.h>

#include <string>

#include "base/test_folder.h"

namespace hybrid {
namespace {

using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

constexpr std::uint64_t kGib = std::uint64_t{1} << 30;

Machine SecretMachine() {
  Machine machine;
  machine.host = "secret";
  machine.topology.cpu_model = "AMD EPYC";
  machine.topology.cpu_signature = "family 25, model 17, stepping 1";
  machine.usable_cores = 2;
  return machine;
}

MachineKind Kind() {
  return {.cpu_model = "AMD EPYC (family 25, model 17, stepping 1)",
          .usable_cores = 2,
          .memory_bytes = 24 * kGib,
          .os = "Debian GNU/Linux 12 (bookworm), Linux 6.1.0",
          .os_release = "debian 12"};
}

std::string Changed(void (*change)(MachineKind&)) {
  MachineKind kind = Kind();
  change(kind);
  return MachineId(kind, "1.0");
}

TEST(MachineIdTest, ReadsWhatTheSystemTells) {
  const TestFolder root;
  root.Lay("/proc/meminfo", "MemTotal:       24684096 kB\nMemFree: 1 kB\n");
  root.Lay("/etc/os-release",
           "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"
           "VERSION_ID=\"12\"\nVERSION=\"12\"\nID=debian\n");
  const MachineKind kind = ReadMachineKind(SecretMachine(), root.path());
  EXPECT_EQ(kind.cpu_model, "AMD EPYC (family 25, model 17, stepping 1)");
  EXPECT_EQ(kind.memory_bytes, 24684096ULL * 1024);
  EXPECT_EQ(kind.usable_cores, 2);
  EXPECT_EQ(kind.os_release, "debian 12");
  utsname name{};
  ASSERT_EQ(uname(&name), 0);
  EXPECT_EQ(kind.os, "Debian GNU/Linux 12 (bookworm), Linux " +
                         std::string(static_cast<const char*>(name.release)));
  EXPECT_THAT(MachineId(kind, "1.0"), StartsWith("amd-epyc-2c-24g-"));
}

TEST(MachineIdTest, QuotesOfTheShellAreNotPartOfANameAndTheSecondPlaceCounts) {
  const TestFolder root;
  root.Lay("/usr/lib/os-release", "PRETTY_NAME='Some \\\"OS'\nID_LIKE=x\n");
  const MachineKind kind = ReadMachineKind(SecretMachine(), root.path());
  EXPECT_THAT(kind.os, StartsWith("Some \"OS, Linux "));
  EXPECT_EQ(kind.os_release, " ");
}

TEST(MachineIdTest, WhatIsUnknownIsNoError) {
  const TestFolder root;
  const MachineKind kind = ReadMachineKind(Machine(), root.path());
  EXPECT_THAT(kind.cpu_model, IsEmpty());
  EXPECT_EQ(kind.memory_bytes, 0U);
  EXPECT_THAT(kind.os, StartsWith("Linux "));
  EXPECT_THAT(MachineId(kind, ""), MatchesRegex("cpu-1c-0g-[0-9a-f]{8}"));
}

TEST(MachineIdTest, ThisMachineHasTheSameEveryTime) {
  const Machine machine = ReadMachine();
  const std::string id = MachineId(ReadMachineKind(machine), "1.0");
  EXPECT_EQ(id, MachineId(ReadMachineKind(ReadMachine()), "1.0"));
  EXPECT_THAT(id, MatchesRegex("[a-z0-9-]+"));
}

TEST(MachineIdTest, IsTheSameForTheSameKind) {
  const std::string id = MachineId(Kind(), "1.0");
  // Names folders that are kept: it must never change.
  EXPECT_EQ(id, "amd-epyc-2c-24g-9e738b3d");
  EXPECT_EQ(Changed([](MachineKind& kind) { kind.memory_bytes -= kGib / 3; }),
            id);
  EXPECT_EQ(Changed([](MachineKind& kind) { kind.os = "…, Linux 6.2.0"; }), id);
}

TEST(MachineIdTest, DiffersForAnotherKind) {
  const std::string id = MachineId(Kind(), "1.0");
  EXPECT_NE(MachineId(Kind(), "0.9.0"), id);
  EXPECT_NE(MachineId(Kind(), ""), id);
  EXPECT_EQ(MachineId(Kind(), ""), MachineId(Kind(), "unknown"));
  EXPECT_NE(Changed([](MachineKind& kind) { kind.os_release = "debian 13"; }),
            id);
  EXPECT_NE(Changed([](MachineKind& kind) {
              kind.cpu_model = "AMD EPYC (family 25, model 1, stepping 1)";
            }),
            id);
  EXPECT_NE(Changed([](MachineKind& kind) { kind.usable_cores = 4; }), id);
  EXPECT_NE(Changed([](MachineKind& kind) { kind.memory_bytes *= 2; }), id);
}

TEST(MachineIdTest, SlugKeepsWhatTellsCpusApart) {
  MachineKind kind = Kind();
  kind.cpu_model =
      "Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz (family 6, model 106, "
      "stepping 6)";
  EXPECT_THAT(MachineId(kind, "1.0"),
              StartsWith("intel-xeon-platinum-8375c-2c-24g-"));
  kind.cpu_model = "../../etc/\n ÄÖ" + std::string(100, 'x');
  EXPECT_THAT(MachineId(kind, "1.0"), MatchesRegex("etc-2c-24g-[0-9a-f]{8}"));
}

}  // namespace
}  // namespace hybrid
