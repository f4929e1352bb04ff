#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "resumption.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

/// Is never run.
class IdleFixture : public Fixture {
 public:
  using Fixture::Fixture;

 protected:
  void Measure(benchmark::State& /*state*/, Row& /*row*/) override {}
};

Key Order(std::uint64_t n, std::uint32_t workers) {
  Key key;
  key.n = n;
  key.batch = 8;
  key.workers = workers;
  return key;
}

class ResumptionTest : public ::testing::Test {
 protected:
  ResumptionTest()
      : session_{.machine = machine_,
                 .info = NewRunInfo(),
                 .pools = PoolKeeper(machine_, {}, {}, 1),
                 .caps = CapPolicy(std::nullopt)} {
    for (const std::uint32_t workers : {1U, 2U}) {
      const Key key = Order(16, workers);
      fixtures_.push_back(
          std::make_unique<IdleFixture>(ConfigurationName(key), key, session_));
    }
  }

  /// A command line that resumes a file with `repetitions` rows of the first
  /// configuration, each of 2 s.
  CommandLine Line(std::uint64_t repetitions) const {
    RunInfo info = session_.info;
    info.run_id = "earlier";
    Row row = KeyRow(Order(16, 1), machine_, info);
    row.status = Status::kOk;
    row.wall_s = 2;
    ResumeFile file{.path = "r.csv", .contents = {}, .position = {}};
    file.position.kept = file.position.size = 99;
    for (row.repetition = 0; row.repetition < repetitions; ++row.repetition) {
      file.contents.rows.push_back(row);
      file.contents.row_ends.push_back(90 + row.repetition);
    }
    return {.options = {},
            .google = GoogleFlags({"--benchmark_repetitions=2"}),
            .flags = {},
            .resume = std::move(file),
            .differences = {}};
  }

  Machine machine_;
  Session session_;
  Fixtures fixtures_;
};

TEST_F(ResumptionTest, LeavesWhatIsMissingAndTheSameRun) {
  const Resumption resumption = Resume(Line(2), fixtures_, session_).value();
  ASSERT_THAT(fixtures_, SizeIs(1));
  EXPECT_EQ(fixtures_[0]->key().workers, 2U);
  EXPECT_EQ(session_.info.run_id, "earlier");
  EXPECT_EQ(resumption.position.kept, resumption.position.size);
  EXPECT_THAT(resumption.rows, SizeIs(2));
  EXPECT_EQ(ResumedText(resumption),
            "resumed   1 of 2 configurations from r.csv\n");
}

TEST_F(ResumptionTest, CapsKnowWhatTheFastestSplitOfTheFileTook) {
  EXPECT_EQ(session_.caps.CapFor(Order(16, 2)), CapPolicy::kFirstS);
  Resume(Line(2), fixtures_, session_);
  EXPECT_EQ(session_.caps.CapFor(Order(16, 2)), CapPolicy::kFactor * 2);
  EXPECT_EQ(session_.caps.CapFor(Order(17, 2)), CapPolicy::kFirstS);
}

TEST_F(ResumptionTest, WhatIsCutOffIsNotKept) {
  const Resumption resumption = Resume(Line(1), fixtures_, session_).value();
  EXPECT_THAT(fixtures_, SizeIs(2));
  EXPECT_THAT(resumption.rows, SizeIs(0));
  EXPECT_LT(0, resumption.position.kept);
  // Yet the file told the flags.
  EXPECT_EQ(ResumedText(resumption),
            "resumed   0 of 2 configurations from r.csv\n");
}

TEST_F(ResumptionTest, DifferencesStopUnlessTheUserGoesOnAnyway) {
  machine_.usable_cores = 4;
  CommandLine line = Line(2);
  line.resume->contents.rows.back().usable_cores = 2;
  const Resumption resumption = Resume(line, fixtures_, session_).value();
  ASSERT_THAT(resumption.differences, SizeIs(1));
  EXPECT_THAT(resumption.differences[0], HasSubstr("usable_cores"));
  EXPECT_THROW(CheckDifferences(resumption, line.options), FlagError);
  line.options.resume_anyway = true;
  EXPECT_NO_THROW(CheckDifferences(resumption, line.options));
}

TEST_F(ResumptionTest, WithoutTheFlagThereIsNone) {
  CommandLine line = Line(2);
  line.resume.reset();
  EXPECT_FALSE(Resume(line, fixtures_, session_));
  EXPECT_THAT(fixtures_, SizeIs(2));
}

}  // namespace
}  // namespace hybrid
