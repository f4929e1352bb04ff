#include "kernels/choice.h"

#include <gtest/gtest.h>

#include <stdexcept>
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

TEST(PickFastestTest, TakesTheFastest) {
  const std::vector<KernelsSpeed> speeds{
      {{"generic", "25"}, 10}, {{"skx", "0"}, 50}, {{"haswell", "3"}, 40}};
  const KernelsChoice choice = PickFastest(speeds, "generic").value();
  EXPECT_EQ(choice.kernels, (Kernels{"skx", "0"}));
  EXPECT_DOUBLE_EQ(choice.gain.value(), 5);
}

TEST(PickFastestTest, LeavesTheChoiceToBlisWhereThatIsAsGood) {
  const std::vector<KernelsSpeed> speeds{{{"zen", "8"}, 50.4},
                                         {{"haswell", "3"}, 50}};
  const KernelsChoice choice = PickFastest(speeds, "haswell").value();
  EXPECT_EQ(choice.kernels, (Kernels{"haswell", ""}));
  EXPECT_DOUBLE_EQ(choice.gain.value(), 1);
}

TEST(PickFastestTest, ClaimsNoGainOverWhatWasNotMeasured) {
  const std::vector<KernelsSpeed> speeds{{{"skx", "0"}, 50}};
  const KernelsChoice choice = PickFastest(speeds, "generic").value();
  EXPECT_EQ(choice.kernels.name, "skx");
  EXPECT_FALSE(choice.gain.has_value());
  EXPECT_FALSE(PickFastest({}, "generic").has_value());
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
  table.TakeOver(Asks(16, 1, "best"), {{"a", "0"}, 1.25});
  table.TakeOver(Asks(16, 8, "best"), {{"b", ""}, 1.0});
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

TEST(KernelsTableTest, OnlyWhatIsMissingIsProbed) {
  KernelsTable table(FindKernels(With(HYBRID_WORKER)), 2);
  table.TakeOver(Asks(16, 1, "best"), {{"generic", "x"}, 9.0});
  const std::vector<Key> keys{Asks(16, 1, "best"), Asks(16, 2, "best")};
  table.Probe(keys, With(HYBRID_WORKER), 0.1);
  ASSERT_EQ(table.probed().size(), 2U);
  EXPECT_TRUE(table.probed()[0].speeds.empty());
  EXPECT_EQ(table.For(keys[0]).kernels.name, "generic");
  EXPECT_FALSE(table.probed()[1].speeds.empty());
}

}  // namespace
}  // namespace hybrid
