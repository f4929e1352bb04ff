#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "alternate/alternation_error.h"
#include "alternate/program_kind.h"
#include "foreign/google_benchmark.h"
#include "foreign/test_google_json.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class GoogleBenchmarkKindTest : public ::testing::Test {
 protected:
  FileParts Split(const std::string& text, std::size_t round) const {
    return kind_.Split({"a.json", text}, round);
  }

  const ProgramKind& kind_ = GoogleBenchmarkKind();
};

TEST_F(GoogleBenchmarkKindTest, PartsMakeAFileOfAllRounds) {
  const std::string text =
      TestGoogleJson().Add("Sort", {5, 6}).AddAggregate("Sort").Text();
  const FileParts first = Split(text, 0);
  const FileParts second = Split(text, 1);
  EXPECT_THAT(first.body, Not(HasSubstr("Sort_mean")));
  const std::string whole = first.head + first.body +
                            std::string(kind_.between()) + second.body +
                            std::string(kind_.end());
  const BenchmarkRun run =
      ParseGoogleBenchmark("b.json", whole, [](const auto&) { return true; });
  EXPECT_EQ(run.context.host_name, "node");
  ASSERT_THAT(run.benchmarks, SizeIs(1));
  EXPECT_THAT(run.benchmarks.front().real_times_s,
              ElementsAre(5e-9, 6e-9, 5e-9, 6e-9));
}

TEST_F(GoogleBenchmarkKindTest, WhatIsNoneIsRefused) {
  EXPECT_THROW(Split("[]", 0), AlternationError);
  EXPECT_THROW(Split(R"({"context": {}})", 0), AlternationError);
}

}  // namespace
}  // namespace hybrid
