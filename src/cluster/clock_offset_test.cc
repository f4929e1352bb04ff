#include "cluster/clock_offset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "base/simulated_random.h"

namespace hybrid {
namespace {

constexpr double kNsPerS = 1e9;

/// A host's clock, ahead by so much at time 0 of bench's, and faster.
struct TheirClock {
  double ahead_ns = 0;
  double drift = 0;

  std::int64_t At(std::int64_t ours_ns) const {
    const auto ours = static_cast<double>(ours_ns);
    return ours_ns + std::llround(ahead_ns + drift * ours);
  }
};

/// Sends at `sent_ns`; the ways there and back take so long.
void Exchange(ClockOffset& offset, const TheirClock& clock,
              std::int64_t sent_ns, std::int64_t there_ns,
              std::int64_t back_ns) {
  offset.Add(sent_ns, clock.At(sent_ns + there_ns),
             sent_ns + there_ns + back_ns);
}

/// Stamps are whole nanoseconds: the truth may be one outside.
void ExpectHolds(const TimeInterval& interval, std::int64_t truth_ns) {
  EXPECT_LE(interval.earliest_ns, truth_ns + 1);
  EXPECT_GE(interval.latest_ns, truth_ns - 1);
}

TEST(ClockOffsetTest, TheTruthIsInsideHoweverUnlikeTheWaysAre) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    SimulatedRandom random({seed});
    const TheirClock clock{.ahead_ns = random.Uniform(-1000, 1000) * kNsPerS};
    ClockOffset offset;
    std::int64_t now_ns = std::llround(random.Uniform(0, 1e15));
    std::int64_t fastest_ns = INT64_MAX;
    for (int i = 0; i < 20; ++i) {
      const std::int64_t there_ns = std::llround(random.LogUniform(1e3, 1e7));
      const std::int64_t back_ns = std::llround(random.LogUniform(1e3, 1e7));
      Exchange(offset, clock, now_ns, there_ns, back_ns);
      fastest_ns = std::min(fastest_ns, there_ns + back_ns);
      now_ns += there_ns + back_ns;
      ExpectHolds(offset.OnOurs(clock.At(now_ns)), now_ns);
      now_ns += 1000;
    }
    // As good as the fastest alone, but for what drift may have done since.
    const double drift_s = 20 * 2e7 / kNsPerS * ClockOffset::kMostDrift;
    EXPECT_LE(offset.bound_s(),
              static_cast<double>(fastest_ns) / kNsPerS / 2 + drift_s);
  }
}

TEST(ClockOffsetTest, UnlikeWaysBoundEachOther) {
  const TheirClock clock{.ahead_ns = -1000 * kNsPerS};
  ClockOffset offset;
  Exchange(offset, clock, 0, 1000, 500'000);
  EXPECT_DOUBLE_EQ(offset.bound_s(), 250.5e-6);
  Exchange(offset, clock, 600'000, 500'000, 1000);
  // Less than either round trip; drift adds at most 0.11 µs.
  EXPECT_GE(offset.bound_s(), 1e-6);
  EXPECT_LE(offset.bound_s(), 1.12e-6);
  ExpectHolds(offset.OnOurs(clock.At(700'000)), 700'000);
}

TEST(ClockOffsetTest, TheTruthIsInsideWhileClocksDriftApart) {
  for (const double drift : {-50e-6, 50e-6, -99e-6, 99e-6}) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      SimulatedRandom random({seed});
      const TheirClock clock{.ahead_ns = random.Uniform(-1000, 1000) * kNsPerS,
                             .drift = drift};
      ClockOffset offset;
      std::int64_t now_ns = 0;
      // Heartbeats, mostly 40 µs both ways together, some slow ones.
      for (int i = 0; i < 200; ++i) {
        now_ns += 500'000'000;
        const double slow = random.Chance(0.1) ? 100 : 1;
        Exchange(offset, clock, now_ns,
                 std::llround(slow * random.Uniform(5e3, 35e3)),
                 std::llround(slow * random.Uniform(5e3, 35e3)));
        // Before the last exchange as well as after it.
        for (const std::int64_t apart_ns : {-400'000'000, 0, 400'000'000}) {
          ExpectHolds(offset.OnOurs(clock.At(now_ns + apart_ns)),
                      now_ns + apart_ns);
        }
        // A fast one holds for some heartbeats: slow ones take 2 ms.
        if (i >= 10) {
          EXPECT_LT(offset.bound_s(), 0.5e-3);
        }
      }
    }
  }
}

TEST(ClockOffsetTest, TheNewestHoldsOnceAClockWasSet) {
  TheirClock clock{.ahead_ns = 3 * kNsPerS};
  ClockOffset offset;
  Exchange(offset, clock, 0, 10'000, 10'000);
  clock.ahead_ns += kNsPerS;
  Exchange(offset, clock, 500'000'000, 70'000, 90'000);
  EXPECT_DOUBLE_EQ(offset.bound_s(), 80e-6);
  ExpectHolds(offset.OnOurs(clock.At(500'100'000)), 500'100'000);
  // And is made better as ever.
  Exchange(offset, clock, 501'000'000, 10'000, 10'000);
  EXPECT_LT(offset.bound_s(), 11e-6);
  ExpectHolds(offset.OnOurs(clock.At(501'000'000)), 501'000'000);
}

TEST(ClockOffsetTest, KnowsNothingBeforeTheFirstExchange) {
  const ClockOffset offset;
  EXPECT_GT(offset.bound_s(), 1e9);
  for (const std::int64_t theirs_ns :
       {std::int64_t{0}, std::int64_t{1} << 60, -(std::int64_t{1} << 60)}) {
    const TimeInterval any = offset.OnOurs(theirs_ns);
    EXPECT_LT(any.earliest_ns, -1'000'000'000'000'000'000);
    EXPECT_GT(any.latest_ns, 1'000'000'000'000'000'000);
  }
}

TEST(ClockOffsetTest, AFinishAfterItsDoneIsImpossible) {
  const TheirClock clock{.ahead_ns = 1000 * kNsPerS};
  ClockOffset offset;
  Exchange(offset, clock, 0, 20'000, 20'000);
  constexpr std::int64_t kGateNs = 1'000'000, kDoneNs = 2'000'000;
  // The truth, 10 µs before its DONE is read, within 20 µs and drift.
  const std::optional<TimeInterval> finish =
      Between(offset.OnOurs(clock.At(kDoneNs - 10'000)), kGateNs, kDoneNs);
  ASSERT_TRUE(finish);
  EXPECT_EQ(finish->latest_ns, kDoneNs);
  ExpectHolds(*finish, kDoneNs - 10'000);
  EXPECT_FALSE(
      Between(offset.OnOurs(clock.At(kDoneNs + 25'000)), kGateNs, kDoneNs));
  EXPECT_FALSE(
      Between(offset.OnOurs(clock.At(kGateNs - 25'000)), kGateNs, kDoneNs));
}

}  // namespace
}  // namespace hybrid
