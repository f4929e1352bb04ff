#include "machine/machine_kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/utsname.h>

#include <string>

#include "base/test_folder.h"

namespace hybrid {
namespace {

using ::testing::IsEmpty;
using ::testing::StartsWith;

Machine TwoCores() {
  Machine machine;
  machine.host = "secret";
  machine.topology.cpu_model = "AMD EPYC";
  machine.topology.cpu_signature = "family 25, model 17, stepping 1";
  machine.usable_cores = 2;
  return machine;
}

TEST(MachineKindTest, ReadsWhatTheSystemTells) {
  const TestFolder root;
  root.Lay("/proc/meminfo", "MemTotal:       24684096 kB\nMemFree: 1 kB\n");
  root.Lay("/etc/os-release",
           "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"
           "VERSION_ID=\"12\"\nVERSION=\"12\"\nID=debian\n");
  const MachineKind kind = ReadMachineKind(TwoCores(), root.path());
  EXPECT_EQ(kind.cpu_model, "AMD EPYC (family 25, model 17, stepping 1)");
  EXPECT_EQ(kind.memory_bytes, 24684096ULL * 1024);
  EXPECT_EQ(kind.usable_cores, 2);
  utsname name{};
  ASSERT_EQ(uname(&name), 0);
  EXPECT_EQ(kind.os, "Debian GNU/Linux 12 (bookworm), Linux " +
                         std::string(static_cast<const char*>(name.release)));
}

TEST(MachineKindTest,
     QuotesOfTheShellAreNotPartOfANameAndTheSecondPlaceCounts) {
  const TestFolder root;
  root.Lay("/usr/lib/os-release", "PRETTY_NAME='Some \\\"OS'\nID_LIKE=x\n");
  const MachineKind kind = ReadMachineKind(TwoCores(), root.path());
  EXPECT_THAT(kind.os, StartsWith("Some \"OS, Linux "));
}

TEST(MachineKindTest, WhatIsUnknownIsNoError) {
  const TestFolder root;
  const MachineKind kind = ReadMachineKind(Machine(), root.path());
  EXPECT_THAT(kind.cpu_model, IsEmpty());
  EXPECT_EQ(kind.memory_bytes, 0U);
  EXPECT_THAT(kind.os, StartsWith("Linux "));
}

}  // namespace
}  // namespace hybrid
