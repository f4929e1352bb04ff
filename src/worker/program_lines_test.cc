#include "worker/program_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "base/test_errors.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(ProgramLinesTest, ReadyTellsWhatThereIs) {
  const ReadyLine all = ParseReady(
      "ready hybridbench=1 blas=openblas-0.3.21 threads=2 load=yes "
      "flops=2.5e9 verify=yes later=key");
  EXPECT_EQ(all.blas, "openblas-0.3.21");
  EXPECT_EQ(all.threads, 2U);
  EXPECT_EQ(all.flops, 2.5e9);
  EXPECT_TRUE(all.verifies);
  const ReadyLine bare = ParseReady("ready hybridbench=1");
  EXPECT_THAT(bare.blas, IsEmpty());
  EXPECT_FALSE(bare.verifies);
}

TEST(ProgramLinesTest, ReadyOfAnotherVersionIsRefused) {
  for (const char* const line : {"ready", "ready hybridbench=2",
                                 "ready hybridbench=", "readymade", "done 1"}) {
    EXPECT_THAT(MessageOf<std::runtime_error>([&] { ParseReady(line); }),
                HasSubstr(line));
  }
}

TEST(ProgramLinesTest, ReadyWithNumbersThatAreNoneIsShown) {
  for (const char* const more :
       {"flops=inf", "flops=nan", "flops=-1", "flops=0", "flops=1e999",
        "flops=many", "lanes=0", "lanes=-1", "lanes=x", "lanes="}) {
    const std::string line = std::string("ready hybridbench=1 ") + more;
    EXPECT_THAT(MessageOf<std::runtime_error>([&] { ParseReady(line); }),
                HasSubstr(line));
  }
  EXPECT_EQ(ParseReady("ready hybridbench=1 lanes=3").lanes, 3U);
}

TEST(ProgramLinesTest, DoneWithAndWithoutPhases) {
  const DoneLine done = ParseDone("done 3 load=10 operate=20 max=9 x=y");
  EXPECT_EQ(done.count, 3U);
  EXPECT_EQ(done.load_ns, 10);
  EXPECT_EQ(done.operate_ns, 20);
  EXPECT_EQ(done.max_ns, 9);
  EXPECT_FALSE(ParseDone("done 3").operate_ns.has_value());
}

TEST(ProgramLinesTest, HalfALineAndWrongNumbersAreShown) {
  for (const char* const line :
       {"", "don", "done", "done x", "done -1", "done 1 load=x",
        "done 1 operate=-5", "donee 1"}) {
    EXPECT_THROW(ParseDone(line), std::runtime_error) << line;
  }
  EXPECT_THAT(
      MessageOf<std::runtime_error>([] { ParseDone(std::string(5000, 'x')); }),
      SizeIs(::testing::Lt(200U)));
}

TEST(ProgramLinesTest, VerifiedSaysWhy) {
  EXPECT_TRUE(ParseVerified("verified 7 ok residual=1e-9").ok);
  const VerifiedLine wrong = ParseVerified("verified 7 wrong off by 3");
  EXPECT_EQ(wrong.task, 7U);
  EXPECT_FALSE(wrong.ok);
  EXPECT_EQ(wrong.why, "off by 3");
  for (const char* const line : {"verified", "verified 7", "verified ok",
                                 "verified 7 perhaps", "done 7"}) {
    EXPECT_THROW(ParseVerified(line), std::runtime_error) << line;
  }
}

}  // namespace
}  // namespace hybrid
