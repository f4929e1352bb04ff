#include "results/warnings_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(WarningsTextTest, WarningsStayWhole) {
  for (const std::vector<std::string>& warnings :
       std::vector<std::vector<std::string>>{
           {},
           {"a"},
           {"a", "b"},
           {"hot: figures drift; let them cool", "quota: noise; a; b; c", "d"},
           {"; a", "b; ", "c;d", "e;", ";f", "g; "}}) {
    EXPECT_EQ(SplitWarnings(JoinWarnings(warnings)), warnings)
        << JoinWarnings(warnings);
  }
}

TEST(WarningsTextTest, ReadsOlderFiles) {
  EXPECT_THAT(SplitWarnings(""), IsEmpty());
  EXPECT_THAT(
      SplitWarnings("other programs use 0.60 CPUs (2 usable cores): times get "
                    "longer and noisier; close them (top shows which); "
                    "CPU quota 1.50: splits that need more are held back in "
                    "bursts, which shows as noise; better a cpuset (docker "
                    "--cpuset-cpus)"),
      ElementsAre("other programs use 0.60 CPUs (2 usable cores): times get "
                  "longer and noisier; close them (top shows which)",
                  "CPU quota 1.50: splits that need more are held back in "
                  "bursts, which shows as noise; better a cpuset (docker "
                  "--cpuset-cpus)"));
  EXPECT_THAT(SplitWarnings("other programs run; governor powersave"),
              ElementsAre("other programs run", "governor powersave"));
}

}  // namespace
}  // namespace hybrid
