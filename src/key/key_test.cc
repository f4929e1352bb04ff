#include "key/key.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

#include "key/test_keys.h"

namespace hybrid {
namespace {

TEST(KeyTest, EveryNameLeadsBackToItsValue) {
  for (const auto value : {Data::kFresh, Data::kResident, Data::kHot}) {
    EXPECT_EQ(ByName<Data>(Name(value)), value);
  }
  EXPECT_EQ(Name(Data::kResident), "resident");
  for (const auto value : {Collect::kNone, Collect::kShared}) {
    EXPECT_EQ(ByName<Collect>(Name(value)), value);
  }
  for (const auto value : {Pin::kAuto, Pin::kCores, Pin::kNone}) {
    EXPECT_EQ(ByName<Pin>(Name(value)), value);
  }
  EXPECT_EQ(ByName<Family>("Tutorial"), Family::kTutorial);
}

TEST(KeyTest, UnknownAndAlmostRightNamesAreNothing) {
  EXPECT_FALSE(ByName<Data>(""));
  EXPECT_FALSE(ByName<Data>("HOT"));
  EXPECT_FALSE(ByName<Collect>("shared "));
  EXPECT_FALSE(ByName<Family>("Noise/A"));
}

TEST(KeyTest, EveryPartIsListedOnceAndHasADefaultIfItIsAnOption) {
  const Key key;
  std::set<std::string_view> columns;
  const std::set<std::string_view> usually_empty{"command", "environment"};
  ForEachKey(key, [&](const KeyPart& part, const auto&) {
    EXPECT_TRUE(columns.insert(part.column).second) << part.column;
    const bool has_default =
        !usually_empty.contains(part.column) &&
        (part.role == KeyRole::kOption || part.column == "engine" ||
         part.column == "host_count");
    EXPECT_EQ(has_default, !part.usual.empty()) << part.column;
  });
}

TEST(KeyTest, GroupsHaveNoSplit) {
  Key one;
  one.workers = 2;
  one.seed = 7;
  Key other = one;
  other.workers = 1;
  other.blas_threads = 4;
  other.seed = 8;
  EXPECT_NE(one, other);
  EXPECT_NE(WithoutSeed(one), WithoutSeed(other));
  other.engine = Engine::kThreads;
  other.host_count = 4;
  EXPECT_NE(one.split(), other.split());
  EXPECT_EQ(GroupOf(one), GroupOf(other));
  other.kernels_asked = "haswell";
  EXPECT_NE(GroupOf(one), GroupOf(other));
}

TEST(KeyTest, OtherEnginesHaveOneProcess) {
  Key key;
  key.workers = 3;
  EXPECT_EQ(key.processes(), 3U);
  key.engine = Engine::kThreads;
  EXPECT_EQ(key.processes(), 1U);
  EXPECT_EQ(key.split(), (Split{3, 1, Engine::kThreads}));
}

TEST(KeyTest, OneWorkerClaimsAllTasksOfAWholeProgram) {
  Key key = CommandKey("mpirun -np {workers} ./job", 8, 3, 2);
  EXPECT_EQ(key.claimants(), 3U);
  EXPECT_EQ(key.processes(), 3U);
  key.protocol = kWholeProtocol;
  EXPECT_EQ(key.claimants(), 1U);
  EXPECT_EQ(key.processes(), 1U);
  EXPECT_EQ(key.split(), (Split{3, 2}));
  key = GemmKey(64, 8, 3);
  key.engine = Engine::kThreads;
  EXPECT_EQ(key.claimants(), 3U);
}

TEST(KeyTest, CommandsAreGroupsOfTheirOwn) {
  const Key one = CommandKey("./job", 8, 3);
  for (const auto part : {&Key::command, &Key::protocol, &Key::environment}) {
    Key other = one;
    other.*part = "other";
    EXPECT_NE(GroupOf(one), GroupOf(other));
  }
  EXPECT_EQ(GroupOf(one), GroupOf(CommandKey("./job", 8, 1, 2)));
}

TEST(KeyTest, OversubscribedMeansMoreThreadsThanUsableCores) {
  EXPECT_TRUE(IsOversubscribed({2, 2}, 3));
  EXPECT_FALSE(IsOversubscribed({2, 2}, 4));
  EXPECT_TRUE(IsOversubscribed({3, 1}, 2));
  EXPECT_FALSE(IsOversubscribed({2, 2}, 5));
  // No product wraps around.
  EXPECT_TRUE(IsOversubscribed({1ULL << 32, 1ULL << 32}, 4));
}

}  // namespace
}  // namespace hybrid
