#include "output/google_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "google_release.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Run = GoogleOutput::Run;

/// Writes the kinds of the runs that it is given.
class KindsReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& /*context*/) override {
    GetOutputStream() << "context";
    return true;
  }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      GetOutputStream() << (run.run_type == Run::RT_Aggregate ? 'a'
                            : HasFailed(run)                  ? 'e'
                                                              : 'r');
    }
  }
};

std::vector<Run> RunsOf(const std::string& kinds) {
  std::vector<Run> runs;
  for (const char kind : kinds) {
    Run& run = runs.emplace_back();
    run.run_type = kind == 'a' ? Run::RT_Aggregate : Run::RT_Iteration;
    if (kind == 'e') MarkFailed(run, "a reason");
  }
  return runs;
}

class GoogleOutputTest : public ::testing::Test {
 protected:
  GoogleOutput Make(bool aggregates_only) {
    return {std::make_unique<KindsReporter>(),
            {.format = "json", .aggregates_only = aggregates_only},
            [this](std::string_view text) {
              written_.emplace_back(text);
              return !is_full_;
            }};
  }

  std::vector<std::string> written_;
  bool is_full_ = false;
};

TEST_F(GoogleOutputTest, WritesAtOnceWhatIsReported) {
  GoogleOutput output = Make(false);
  output.ReportRuns(RunsOf("rr"));
  output.ReportRuns(RunsOf("aaa"));
  output.Finalize();
  EXPECT_THAT(written_, ElementsAre("rr", "aaa"));
}

TEST_F(GoogleOutputTest, AFailureMakesTheOthersNone) {
  GoogleOutput output = Make(false);
  output.ReportRuns(RunsOf("rrer"));
  output.ReportRuns(RunsOf("aaa"));  // of the three that did not fail
  output.ReportRuns(RunsOf("rr"));
  output.ReportRuns(RunsOf("aaa"));
  EXPECT_THAT(written_, ElementsAre("eeee", "rr", "aaa"));
}

TEST_F(GoogleOutputTest, AggregatesOnlyWhereThereAreAny) {
  GoogleOutput output = Make(true);
  output.ReportRuns(RunsOf("rr"));
  output.ReportRuns(RunsOf("aaa"));
  output.ReportRuns(RunsOf("r"));
  output.ReportRuns(RunsOf("rre"));
  output.ReportRuns(RunsOf("aaa"));
  EXPECT_THAT(written_, ElementsAre("aaa", "r", "eee"));
}

TEST_F(GoogleOutputTest, WhoCantWriteTheContextNeedNotGoOn) {
  GoogleOutput output = Make(false);
  const GoogleOutput::Context context;
  EXPECT_TRUE(output.ReportContext(context));
  is_full_ = true;
  EXPECT_FALSE(output.ReportContext(context));
}

}  // namespace
}  // namespace hybrid
