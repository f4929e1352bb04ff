// Sizes that were recorded, left out and predicted from the others.

#include <gtest/gtest.h>

#include <string>

#include "prediction/grid.h"
#include "prediction/left_out.h"
#include "results/csv_reader.h"

namespace hybrid {
namespace {

Grid Example(const std::string& file) {
  return FindGrid(ReadCsv(std::string(HYBRID_EXAMPLES) + "/" + file));
}

TEST(RecordedPredictionTest, OfALeftOutNBothAreRight) {
  for (const char* const file : {"2-core-epyc-zen4.csv", "version-2.csv"}) {
    const LeftOut left_out = TryLeftOut(Example(file), {.n = true});
    EXPECT_EQ(LeftOutText(left_out), "2 of 2 sizes right") << file;
    // Between n=64 and n=768 a power of n fits badly, for all splits alike.
    for (const double error : left_out.errors) EXPECT_LT(error, 0.5) << file;
  }
}

TEST(RecordedPredictionTest, OfALeftOutBatchAsFarAsNoiseLets) {
  const LeftOut calm =
      TryLeftOut(Example("2-core-epyc-zen4.csv"), {.batch = true});
  EXPECT_EQ(LeftOutText(calm), "6 of 6 sizes right");
  for (const double error : calm.errors) EXPECT_LT(error, 0.2);
  // Its noise floor is 13 %.
  const LeftOut noisy = TryLeftOut(Example("version-2.csv"), {.batch = true});
  EXPECT_EQ(LeftOutText(noisy), "4 of 6 sizes right, 2 wrong by up to 14 %");
}

}  // namespace
}  // namespace hybrid
