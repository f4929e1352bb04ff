#include "flags/host_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/flag_error.h"
#include "base/test_errors.h"
#include "flags/options.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

TEST(HostFlagsTest, NamesOfHosts) {
  EXPECT_THAT(ParseOptions({}).hosts.names, IsEmpty());
  EXPECT_FALSE(ParseOptions({}).hosts.wanted());
  const Options options = ParseOptions({"--hosts=a,b-1.example,10.0.0.3"});
  EXPECT_THAT(options.hosts.names, ElementsAre("a", "b-1.example", "10.0.0.3"));
  EXPECT_TRUE(options.hosts.wanted());
  EXPECT_TRUE(options.hosts.counts.is_auto);
}

TEST(HostFlagsTest, RefusesWhatALauncherCouldTakeForSomethingElse) {
  for (const char* const bad :
       {"--hosts=", "--hosts=a,,b", "--hosts=-oProxyCommand=x", "--hosts=a b",
        "--hosts=a;b", "--hosts=$(id)"}) {
    EXPECT_THAT([&] { ParseOptions({bad}); },
                ThrowsMessage<FlagError>(HasSubstr("is no name of a host")))
        << bad;
  }
  EXPECT_THAT([] { ParseOptions({"--hosts=a,b,a"}); },
              ThrowsMessage<FlagError>(HasSubstr("a is given twice")));
}

TEST(HostFlagsTest, CountsAloneTakeTheHostsOfAnAllocation) {
  const Options options = ParseOptions({"--host_counts=1,4"});
  EXPECT_TRUE(options.hosts.wanted());
  EXPECT_THAT(options.hosts.counts.values, ElementsAre(1, 4));
  EXPECT_TRUE(ParseOptions({"--host_counts=auto"}).hosts.wanted());
  EXPECT_TRUE(ParseOptions({"--launcher=srun"}).hosts.wanted());
  EXPECT_THROW(ParseOptions({"--launcher="}), FlagError);
  EXPECT_THROW(ParseOptions({"--agent="}), FlagError);
}

TEST(HostFlagsTest, WhatIsForHostsNeedsThem) {
  EXPECT_THAT([] { CheckHosts(ParseOptions({"--agent=/a"})); },
              ThrowsMessage<FlagError>(HasSubstr("--agent: is for several")));
  EXPECT_THAT([] { CheckHosts(ParseOptions({"--unequal_hosts"})); },
              ThrowsMessage<FlagError>(HasSubstr("--unequal_hosts: is for")));
  EXPECT_THAT(
      [] {
        CheckHosts(ParseOptions({"--hosts=a", "--worker=w"}));
      },
      ThrowsMessage<FlagError>(HasSubstr("--worker: on hosts")));
  EXPECT_THAT(
      [] {
        CheckHosts(ParseOptions({"--hosts=a", "--lock=none"}));
      },
      ThrowsMessage<FlagError>(HasSubstr("--lock: is for the CPUs of this")));
  CheckHosts(ParseOptions({"--hosts=a", "--agent=/a", "--unequal_hosts"}));
}

// It would measure the same, here, for every number of hosts.
TEST(HostFlagsTest, AWholeProgramIsToldOfTheHosts) {
  const auto options_of = [](const std::string& command) {
    return ParseOptions(
        {"--hosts=a,b", "--command=" + command, "--protocol=whole"});
  };
  EXPECT_EQ(MessageOf<FlagError>(
                [&] { CheckHosts(options_of("mpirun -np {workers} ./job")); }),
            "--command=mpirun -np {workers} ./job: with --protocol=whole the "
            "program's own launcher takes it to the hosts, and has to be told "
            "of them: takes {hosts}, {host_count} or {all_workers} in it");
  for (const char* const word :
       {"{hosts}", "-N{host_count}", "{all_workers}"}) {
    CheckHosts(options_of("mpirun " + std::string(word) + " ./job"));
  }
}

TEST(HostFlagsTest, NamesThatOnlySrunKnowsCantBeTold) {
  const auto error_of = [](const std::string& command,
                           const std::string& protocol) {
    Options options = ParseOptions(
        {"--host_counts=2", "--command=" + command, "--protocol=" + protocol});
    const std::string error =
        MessageOf<FlagError>([&] { CheckHostNames(options); });
    options.hosts.in_order = {"a", "b"};
    CheckHostNames(options);
    return error;
  };
  EXPECT_EQ(error_of("mpirun --host {hosts} ./job", "whole"),
            "--command: {hosts}: only srun knows the names of this "
            "allocation's hosts; takes them beside it, "
            "--hosts=$(scontrol show hostnames | paste -sd,)");
  EXPECT_EQ(error_of("srun -N {host_count} ./job", "whole"), "no error");
  EXPECT_EQ(error_of("./job", "auto"), "no error");
}

}  // namespace
}  // namespace hybrid
