#include "report/dimensions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::ElementsAre;

TEST(DimensionsTest, AreThePartsOfTheKeyThatGroupsDifferIn) {
  std::vector<std::string> keys;
  const Json dimensions = DimensionsJson();
  for (const Json& dimension : dimensions.as_array()) {
    keys.emplace_back(dimension.at("key").as_string().c_str());
  }
  EXPECT_THAT(
      keys, ElementsAre("host", "cores", "operation", "command", "protocol",
                        "env", "precision", "aspect", "blas", "data", "collect",
                        "kernels", "pin", "blas_version", "n", "batch"));
  EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(),
            keys.size());
  const JsonObject values = DimensionValuesJson(GroupKey());
  for (const std::string& key : keys) EXPECT_TRUE(values.contains(key)) << key;
}

TEST(DimensionsTest, DetailsAreWhatAChoiceShowsSideBySide) {
  GroupKey key;
  key.n = 64;
  key.batch = 8;
  EXPECT_EQ(DetailText(key), "n=64 batch=8");
  GroupKey command;
  command.operation = kCommandOperation;
  command.batch = 8;
  EXPECT_EQ(DetailText(command), "batch=8");
  GroupKey other = key;
  other.n = 128;
  EXPECT_TRUE(DifferInDetailsAlone(key, other));
  other.pin = Pin::kNone;
  EXPECT_FALSE(DifferInDetailsAlone(key, other));
}

}  // namespace
}  // namespace hybrid
