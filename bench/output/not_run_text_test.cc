#include "output/not_run_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "key/test_keys.h"

namespace hybrid {
namespace {

using ::testing::StartsWith;

TEST(NotRunTextTest, NamesEachSplitOnceAndTheFirstReason) {
  const Key eight = CommandKey("./job", 8, 8);
  Key noise = eight;
  noise.family = Family::kNoise;
  EXPECT_EQ(NotRunText(std::vector<SkippedKey>{
                {eight, "too much"},
                {CommandKey("./job", 8, 16), "far too much"},
                {noise, "too much"}}),
            "8×1, 16×1 not run: too much");
  EXPECT_EQ(NotRunText({}), "");
}

TEST(NotRunTextTest, TellsApartFromWhatDidRun) {
  const auto row_of = [](const Key& key) {
    Row row;
    static_cast<Key&>(row) = key;
    return row;
  };
  const Key eight = CommandKey("./job", 8, 8);
  Key noise = eight;
  noise.family = Family::kNoise;
  Key other = eight;
  other.environment = "MODE=b";
  const Key longer = CommandKey("./job", 64, 8);
  const std::vector<Row> ran{row_of(eight), row_of(CommandKey("./job", 8, 4))};
  EXPECT_EQ(NotRunText(std::vector<SkippedKey>{{noise, "too much"},
                                               {other, "too much"},
                                               {longer, "too much"}},
                       ran),
            "8×1 (Noise), 8×1 (env=MODE=b), 8×1 (batch=64) not run: too much");
}

TEST(NotRunTextTest, NamesTheNAndNotAll) {
  std::vector<SkippedKey> many;
  for (std::uint64_t workers = 1; workers < 10; ++workers) {
    Key key = CommandKey("./job", 8, workers);
    key.n = 512;
    many.push_back({key, "too much"});
  }
  const std::string text = NotRunText(many);
  EXPECT_THAT(text, StartsWith("1×1 at n=512, 2×1 at n=512, "));
  EXPECT_TRUE(text.ends_with("6×1 at n=512 and 3 others not run: too much"))
      << text;
}

}  // namespace
}  // namespace hybrid
