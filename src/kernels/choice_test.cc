#include "kernels/choice.h"

#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "kernels/test_settings.h"

namespace hybrid {
namespace {

Key Asks(std::uint64_t n, std::uint32_t blas_threads,
         std::string_view kernels) {
  Key key;
  key.n = n;
  key.batch = 4;
  key.blas_threads = blas_threads;
  key.kernels_asked = kernels;
  return key;
}

using Turns = std::vector<std::optional<double>>;

/// Kernels of so many GFLOP/s in each of four rounds.
KernelsSpeed Steady(Kernels kernels, double gflops) {
  return {std::move(kernels), gflops, Turns(4, 1 / gflops)};
}

TEST(PickFastestTest, TakesTheFastest) {
  const std::vector<KernelsSpeed> speeds{Steady({"generic", "25"}, 10),
                                         Steady({"skx", "0"}, 50),
                                         Steady({"haswell", "3"}, 40)};
  const KernelsChoice choice = PickFastest(speeds, "generic").value();
  EXPECT_EQ(choice.kernels, (Kernels{"skx", "0"}));
  EXPECT_DOUBLE_EQ(choice.gain.value(), 5);
}

TEST(PickFastestTest, LeavesTheChoiceToBlisWhereThatIsAsGood) {
  const std::vector<KernelsSpeed> speeds{Steady({"zen", "8"}, 50.4),
                                         Steady({"haswell", "3"}, 50)};
  const KernelsChoice choice = PickFastest(speeds, "haswell").value();
  EXPECT_EQ(choice.kernels, (Kernels{"haswell", ""}));
  EXPECT_DOUBLE_EQ(choice.gain.value(), 1);
}

TEST(PickFastestTest, ClaimsNoGainOverWhatWasNotMeasured) {
  const std::vector<KernelsSpeed> speeds{Steady({"skx", "0"}, 50)};
  const KernelsChoice choice = PickFastest(speeds, "generic").value();
  EXPECT_EQ(choice.kernels.name, "skx");
  EXPECT_FALSE(choice.gain.has_value());
  EXPECT_FALSE(PickFastest({}, "generic").has_value());
}

TEST(PickFastestTest, LeavesTheChoiceToBlisWhereRoundsDisagree) {
  std::vector<KernelsSpeed> speeds{Steady({"zen", "8"}, 60),
                                   Steady({"haswell", "3"}, 50)};
  EXPECT_EQ(PickFastest(speeds, "haswell")->kernels.name, "zen");
  speeds[0].turns_s[0] = speeds[0].turns_s[2] = 1.0 / 40;
  const KernelsChoice choice = PickFastest(speeds, "haswell").value();
  EXPECT_EQ(choice.kernels, (Kernels{"haswell", ""}));
  EXPECT_EQ(choice.gain, 1);
}

TEST(PickFastestTest, LeavesTheChoiceToBlisWhereOthersWereAtWork) {
  const KernelsSpeed disturbed{
      {"zen", "8"}, 60, {1.0 / 60, std::nullopt, 1.0 / 60, std::nullopt}};
  const KernelsSpeed own{
      {"haswell", "3"}, 7, {1.0 / 7, std::nullopt, std::nullopt, std::nullopt}};
  for (const std::vector<KernelsSpeed>& speeds :
       {std::vector{disturbed, own},
        {disturbed, Steady({"haswell", "3"}, 7)},
        {Steady({"zen", "8"}, 60), own}}) {
    EXPECT_EQ(PickFastest(speeds, "haswell")->kernels,
              (Kernels{"haswell", ""}));
  }
  EXPECT_FALSE(PickFastest(std::vector{disturbed, own}, "haswell")->gain);
}

/// What was found with some number of threads; `choice` is what won.
KernelsTable::Probed Found(double zen, double haswell, std::string choice,
                           std::optional<double> gain) {
  return {
      .place = {.n = 64, .blas_threads = 1},
      .speeds = {Steady({"zen", "8"}, zen), Steady({"haswell", "3"}, haswell)},
      .failed = {},
      .choice = {{std::move(choice), ""}, gain}};
}

std::string Common(const std::vector<KernelsTable::Probed>& probed) {
  std::vector<const KernelsTable::Probed*> pointers;
  for (const KernelsTable::Probed& one : probed) pointers.push_back(&one);
  return CommonKernels(pointers, "haswell");
}

TEST(ConfirmedTest, AWinnerHasToWinTwice) {
  const Kernels zen{"zen", "8"};
  const Kernels own{"haswell", ""};
  int contests = 0;
  const auto contest = [&](double zen_gflops, bool beside_others = false) {
    return [=, &contests](std::span<const Kernels> two) {
      ++contests;
      EXPECT_EQ(two[0], zen);
      EXPECT_EQ(two[1], own);
      return SpeedContest{
          .speeds = {Steady(two[0], zen_gflops), Steady(two[1], 50)},
          .failed = {},
          .beside_others = beside_others};
    };
  };
  const KernelsChoice won{zen, 1.2};
  const KernelsChoice twice = Confirmed(won, "haswell", contest(55)).value();
  EXPECT_EQ(twice.kernels, zen);
  EXPECT_DOUBLE_EQ(twice.gain.value(), 1.1);
  EXPECT_EQ(Confirmed(won, "haswell", contest(80))->gain, 1.2);
  EXPECT_EQ(Confirmed(won, "haswell", contest(50))->kernels, own);
  EXPECT_EQ(Confirmed(won, "haswell", contest(80, true))->kernels, own);
  EXPECT_EQ(contests, 4);
  const KernelsChoice stays{own, 1.0};
  EXPECT_EQ(Confirmed(stays, "haswell", contest(80))->kernels, own);
  EXPECT_EQ(contests, 4) << "where nothing else won there is no need";
}

TEST(CommonKernelsTest, OneChoiceUnlessThreadsMatter) {
  const KernelsTable::Probed barely = Found(51.5, 50, "zen", 1.03);
  const KernelsTable::Probed none = Found(49, 50, "haswell", 1.0);
  const KernelsTable::Probed much = Found(70, 50, "zen", 1.4);
  EXPECT_EQ(Common({barely, none}), "haswell");
  EXPECT_EQ(Common({much, none}), "zen");
  EXPECT_EQ(Common({much, Found(40, 50, "haswell", 1.0)}), "");
}

TEST(CommonKernelsTest, WhoCanNotTellHasNoSay) {
  const KernelsTable::Probed unclear = Found(5, 50, "haswell", std::nullopt);
  EXPECT_EQ(Common({Found(70, 50, "zen", 1.4), unclear}), "zen");
  EXPECT_EQ(Common({unclear}), "");
}

TEST(CommonKernelsTest, WhatWasTakenOverComesFirst) {
  KernelsTable::Probed taken_over = Found(1, 1, "zen", 1.3);
  taken_over.speeds.clear();
  EXPECT_EQ(Common({taken_over, Found(50, 50, "haswell", 1.0)}), "zen");
  EXPECT_EQ(Common({taken_over, Found(40, 50, "haswell", 1.0)}), "");
}

TEST(KernelsTableTest, WithoutACatalogBlisChooses) {
  EXPECT_EQ(KernelsTable().For(Asks(64, 1, "best")).kernels, Kernels{});
}

TEST(KernelsTableTest, ProbesEachOrderAndNumberOfThreadsOnce) {
  KernelsTable table(FindKernels(With(HYBRID_WORKER)), 2);
  const std::vector<Key> keys{Asks(48, 1, "best"), Asks(48, 1, "best"),
                              Asks(48, 2, "best"),
                              // More threads than cores look up two.
                              Asks(48, 4, "best"), Asks(32, 1, "library")};
  table.Probe(keys, With(HYBRID_WORKER), 0.1);
  ASSERT_EQ(table.probed().size(), 2U);
  EXPECT_EQ(table.For(keys[3]).kernels, table.For(keys[2]).kernels);
  EXPECT_FALSE(table.For(keys[0]).kernels.name.empty());
  EXPECT_EQ(table.For(keys[4]).kernels, Kernels{});
  for (const KernelsTable::Probed& probed : table.probed()) {
    ASSERT_FALSE(probed.speeds.empty());
    for (const KernelsSpeed& speed : probed.speeds) {
      EXPECT_GT(speed.gflops, 0) << speed.kernels.name;
      EXPECT_LE(speed.gflops, probed.speeds.front().gflops);
    }
  }
}

TEST(KernelsTableTest, NamedKernelsAreTheOnesAskedFor) {
  const KernelsCatalog catalog = FindKernels(With(HYBRID_WORKER));
  const KernelsTable table(catalog, 1);
  for (const Kernels& kernels : catalog.usable) {
    EXPECT_EQ(table.For(Asks(64, 1, kernels.name)).kernels, kernels);
  }
}

TEST(KernelsTableTest, WhatIsTakenOverIsNotProbedAgain) {
  KernelsTable table(
      {.library = "b", .usable = {{"a", "0"}, {"b", "1"}}, .unusable = {}}, 2);
  table.TakeOver(Asks(16, 1, "best"), "a", 1.25);
  table.TakeOver(Asks(16, 8, "best"), "b", 1.0);
  const std::vector<Key> keys{Asks(16, 1, "best"), Asks(16, 2, "best")};
  const auto never = [](const Key& /*key*/) -> PoolSettings {
    throw std::logic_error("probed");
  };
  EXPECT_NO_THROW(table.Probe(keys, never, 1));
  EXPECT_EQ(table.For(keys[0]).kernels, (Kernels{"a", "0"}));
  EXPECT_EQ(table.For(keys[0]).gain, 1.25);
  EXPECT_EQ(table.For(keys[1]).kernels, (Kernels{"b", ""}));
  EXPECT_EQ(table.For(Asks(17, 1, "best")).kernels, Kernels());
}

TEST(KernelsTableTest, WhatTheCatalogDoesNotHaveIsNotTakenOver) {
  const Key key = Asks(16, 1, "best");
  KernelsTable table(
      {.library = "b", .usable = {{"a", "0"}, {"b", "1"}}, .unusable = {}}, 2);
  table.TakeOver(key, "c", 1.25);
  EXPECT_TRUE(table.probed().empty());
  KernelsTable without_catalog;
  without_catalog.TakeOver(key, "a", 1.25);
  EXPECT_TRUE(without_catalog.probed().empty());
}

TEST(KernelsTableTest, FloatsAreProbedApart) {
  KernelsTable table(FindKernels(With(HYBRID_WORKER)), 2);
  table.TakeOver(Asks(16, 1, "best"), "generic", 9.0);
  Key in_single = Asks(16, 1, "best");
  in_single.precision = Precision::kSingle;
  const std::vector<Key> keys{Asks(16, 1, "best"), in_single};
  table.Probe(keys, With(HYBRID_WORKER), 0.1);
  ASSERT_EQ(table.probed().size(), 2U);
  EXPECT_TRUE(table.probed()[0].speeds.empty());
  EXPECT_EQ(table.probed()[1].place.precision, Precision::kSingle);
  EXPECT_FALSE(table.probed()[1].speeds.empty());
  EXPECT_EQ(table.For(keys[0]).kernels.name, "generic");
  EXPECT_EQ(table.For(in_single).kernels.name,
            table.probed()[1].choice.kernels.name);
}

TEST(KernelsTableTest, OnlyWhatIsMissingIsProbed) {
  KernelsTable table(FindKernels(With(HYBRID_WORKER)), 2);
  table.TakeOver(Asks(16, 1, "best"), "generic", 9.0);
  const std::vector<Key> keys{Asks(16, 1, "best"), Asks(16, 2, "best")};
  table.Probe(keys, With(HYBRID_WORKER), 0.1);
  ASSERT_EQ(table.probed().size(), 2U);
  EXPECT_TRUE(table.probed()[0].speeds.empty());
  EXPECT_EQ(table.For(keys[0]).kernels.name, "generic");
  EXPECT_FALSE(table.probed()[1].speeds.empty());
}

}  // namespace
}  // namespace hybrid
