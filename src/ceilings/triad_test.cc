#include "ceilings/triad.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <vector>

#include "ceilings/test_team.h"

namespace hybrid {
namespace {

constexpr std::uint64_t kMebi = 1024 * 1024;
constexpr std::uint64_t kGibi = 1024 * kMebi;

void ExpectRight(const TriadArrays& arrays) {
  for (std::size_t i = 0; i < arrays.a().size(); ++i) {
    ASSERT_EQ(arrays.a()[i],
              arrays.b()[i] + TriadArrays::kScalar * arrays.c()[i])
        << i;
  }
}

TEST(TriadArraysTest, OneRoundComputesEveryElement) {
  const std::vector<CpuList> anywhere(1);
  CoreTeam team(anywhere, Never);
  for (const Stores stores : {Stores::kOrdinary, Stores::kNonTemporal}) {
    for (const std::size_t elements : {1U, 7U, 8U, 1000U, 32768U, 100001U}) {
      TriadArrays arrays(elements);
      arrays.Touch(team);
      const auto last = static_cast<double>(elements - 1);
      EXPECT_EQ(arrays.b().back() + arrays.c().back() > 0, last > 0);
      EXPECT_EQ(std::count(arrays.a().begin(), arrays.a().end(), 0.0),
                static_cast<std::ptrdiff_t>(elements));
      const double all = 24.0 * static_cast<double>(elements);
      double bytes = 0;
      while (bytes < all) bytes += arrays.Step(stores);
      EXPECT_EQ(bytes, all);  // steps end with the arrays
      ExpectRight(arrays);
      std::fill(arrays.a().begin(), arrays.a().end(), -1.0);
      for (bytes = 0; bytes < all;) bytes += arrays.Step(stores);
      ExpectRight(arrays);
    }
  }
}

TEST(TriadArraysTest, ArraysDoNotOverlap) {
  const TriadArrays arrays(1001);
  EXPECT_GE(arrays.b().data(), arrays.a().data() + 1001);
  EXPECT_GE(arrays.c().data(), arrays.b().data() + 1001);
}

TEST(TriadArraysTest, AreRightAfterTheMeasuredLoop) {
  const std::vector<CpuList> anywhere(2);
  CoreTeam team(anywhere, Never);
  TriadArrays first(50000);
  TriadArrays second(50000);
  const auto arrays = [&](std::size_t member) -> TriadArrays& {
    return member == 0 ? first : second;
  };
  ASSERT_TRUE(team.Run([&](std::size_t m) { arrays(m).Touch(team); }));
  for (const Stores stores : {Stores::kOrdinary, Stores::kNonTemporal}) {
    // Twice, as a slice may be no more than a step on a busy machine, and two
    // steps go round.
    for (int i = 0; i < 2; ++i) {
      const std::optional<double> rate = team.Rate(
          std::chrono::milliseconds(2),
          [&](std::size_t member) { return arrays(member).Step(stores); });
      ASSERT_TRUE(rate);
      EXPECT_GT(*rate, 0);
    }
    ExpectRight(first);
    ExpectRight(second);
    std::fill(first.a().begin(), first.a().end(), -1.0);
    std::fill(second.a().begin(), second.a().end(), -1.0);
  }
}

TEST(TriadBytesTest, FourTimesTheCaches) {
  EXPECT_EQ(TriadBytes(32 * kMebi, 64 * kGibi), 128 * kMebi);
  EXPECT_EQ(TriadBytes(32 * kMebi, 0), 128 * kMebi);  // unknown memory
}

TEST(TriadBytesTest, UnknownCaches) {
  EXPECT_EQ(TriadBytes(0, 64 * kGibi), 256 * kMebi);
}

TEST(TriadBytesTest, Bounds) {
  EXPECT_EQ(TriadBytes(2 * kGibi, 64 * kGibi), 1536 * kMebi);
  EXPECT_EQ(TriadBytes(std::numeric_limits<std::uint64_t>::max(), 0),
            1536 * kMebi);
  EXPECT_EQ(TriadBytes(2 * kGibi, kGibi), 256 * kMebi);
  EXPECT_EQ(TriadBytes(0, 100), 25);
}

TEST(MeasureTriadTest, IsARateWhateverTheSize) {
  const std::vector<CpuList> anywhere(2);
  CoreTeam team(anywhere, Never);
  for (const std::uint64_t bytes : {std::uint64_t{0}, 4 * kMebi}) {
    const std::optional<double> rate = MeasureTriad(team, bytes);
    ASSERT_TRUE(rate);
    EXPECT_GT(*rate, 1e5);
    EXPECT_LT(*rate, 1e14);
  }
}

TEST(MeasureTriadTest, InterruptedAnywhere) {
  // Each slice polls at least once, and there are at least 9.
  for (const int end : {1, 2, 5, 9}) {
    int polls = 0;
    const std::vector<CpuList> anywhere(2);
    CoreTeam team(anywhere, [&] { return ++polls >= end; });
    EXPECT_FALSE(MeasureTriad(team, 16 * kMebi));
  }
}

}  // namespace
}  // namespace hybrid
