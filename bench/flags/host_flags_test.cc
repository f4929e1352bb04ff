#include "flags/host_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/flag_error.h"
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
        CheckHosts(
            ParseOptions({"--hosts=a", "--command=./job", "--protocol=whole"}));
      },
      ThrowsMessage<FlagError>(HasSubstr("--protocol=whole: a program")));
  CheckHosts(ParseOptions({"--hosts=a", "--agent=/a", "--unequal_hosts"}));
}

}  // namespace
}  // namespace hybrid
