#include "compare/named_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "base/json.h"
#include "compare/compare_csv.h"
#include "compare/compare_json.h"
#include "compare/compare_markdown.h"
#include "compare/compare_text.h"
#include "compare/gate.h"
#include "compare/test_results.h"
#include "key/key.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Comparison CompareSides(const std::vector<NamedSamples>& baseline,
                        const std::vector<NamedSamples>& now) {
  return CompareNamed({.identity = {}, .samples = baseline},
                      {.identity = {}, .samples = now}, {}, {});
}

const ComparedConfiguration& Named(const Comparison& comparison,
                                   const std::string& name) {
  return *std::find_if(comparison.configurations.begin(),
                       comparison.configurations.end(),
                       [&](const auto& c) { return c.name == name; });
}

TEST(CompareNamedTest, TellsWhatCompareTellsOfTheSameTimes) {
  const Comparison named = CompareSides(
      {{.name = "A", .runs = {Around(1)}}, {.name = "B", .runs = {Around(2)}}},
      {{.name = "B", .runs = {Around(2)}},
       {.name = "A", .runs = {Around(1.12)}}});
  const Comparison keyed = CompareResults(
      TestResults("1").Ok(Around(1)).Split(1, 1).Ok(Around(2)),
      TestResults("2").Ok(Around(1.12)).Split(1, 1).Ok(Around(2)));
  ASSERT_EQ(named.configurations.size(), 2U);
  EXPECT_EQ(named.configurations[0].name, "A");
  for (const std::size_t i : {0U, 1U}) {
    const ComparedConfiguration& a = named.configurations[i];
    const ComparedConfiguration& b = keyed.configurations[i];
    EXPECT_EQ(a.change, b.change);
    EXPECT_EQ(a.ratio, b.ratio);
    EXPECT_EQ(a.adjusted_p, b.adjusted_p);
    EXPECT_EQ(a.interval->low, b.interval->low);
  }
  EXPECT_EQ(named.tests, keyed.tests);
  EXPECT_EQ(named.needed, keyed.needed);
  EXPECT_EQ(named.completed, 40U);
  EXPECT_EQ(FindGate(named).line,
            "gate: failed: 1 of 2 benchmarks is slower, worst A 1.12× [1.11, "
            "1.13]");
}

TEST(CompareNamedTest, OneRepetitionTellsNothingAndSaysHowManyDo) {
  const Comparison comparison = CompareSides({{.name = "A", .runs = {{1.0}}}},
                                             {{.name = "A", .runs = {{1.5}}}});
  EXPECT_EQ(comparison.configurations[0].reason,
            "1 and 1 repetitions; 4 a side are needed");
  EXPECT_EQ(FindGate(comparison).line,
            "gate: undecided: 1 benchmark can't be told, such as A: 1 and 1 "
            "repetitions; 4 a side are needed");
}

TEST(CompareNamedTest, RunsOfASideArePooled) {
  const Comparison comparison =
      CompareSides({{.name = "A", .runs = {Around(1), Around(1.1)}}},
                   {{.name = "A", .runs = {Around(1), Around(1.1)}}});
  EXPECT_EQ(comparison.configurations[0].now.runs.size(), 2U);
  EXPECT_EQ(comparison.configurations[0].now.samples.size(), 20U);
}

TEST(CompareNamedTest, AnErrorFailsAndWhatWasSkippedIsMissing) {
  const std::vector<NamedSamples> good = {{.name = "A", .runs = {Around(1)}},
                                          {.name = "B", .runs = {Around(1)}},
                                          {.name = "C", .not_run = "no GPU"}};
  const std::vector<NamedSamples> bad = {
      {.name = "A", .runs = {Around(1)}, .error = "no file"},
      {.name = "B", .not_run = "needs AVX-512"},
      {.name = "C", .not_run = "no GPU"}};
  const Comparison worse = CompareSides(good, bad);
  EXPECT_EQ(Named(worse, "A").change, Change::kFailed);
  EXPECT_EQ(Named(worse, "A").reason, "no file");
  EXPECT_EQ(Named(worse, "B").change, Change::kOnlyInBaseline);
  EXPECT_EQ(Named(worse, "B").reason,
            "skipped in the new results: needs AVX-512");
  EXPECT_EQ(worse.configurations.size(), 2U);
  EXPECT_EQ(worse.unmeasured, 1U);
  EXPECT_EQ(FindGate(worse).verdict, GateVerdict::kFailed);

  const Comparison better = CompareSides(bad, good);
  EXPECT_EQ(Named(better, "A").change, Change::kFaster);
  EXPECT_EQ(Named(better, "B").change, Change::kOnlyInNew);
  EXPECT_EQ(Named(better, "B").reason,
            "skipped in the baseline: needs AVX-512");

  EXPECT_EQ(FindGate(CompareSides({good[0], good[1]}, {good[0], bad[1]})).line,
            "gate: undecided: 1 benchmark of the baseline missing in the new "
            "results");
}

TEST(CompareNamedTest, NoNameInCommonIsToldByTheNames) {
  EXPECT_EQ(NothingInCommonText(CompareSides({{.name = "A", .runs = {{1}}}},
                                             {{.name = "B", .runs = {{1}}},
                                              {.name = "C", .runs = {{1}}},
                                              {.name = "D", .runs = {{1}}},
                                              {.name = "E", .runs = {{1}}}})),
            "the files have no benchmark in common: A in the baseline and B, "
            "C, D, … in the new results");
  EXPECT_EQ(NothingInCommonText(CompareSides({}, {})),
            "the baseline's files hold no results to compare");
}

// Nothing in any output is about matrices or splits.
TEST(CompareNamedTest, OutputsHaveNamesAndNoKeys) {
  const Comparison comparison =
      CompareSides({{.name = "Sort<int, 3>|x", .runs = {Around(1)}}},
                   {{.name = "Sort<int, 3>|x", .runs = {Around(1.12)}}});
  const OutputSettings settings{"old.json", "new.json"};
  const std::string text = CompareText(comparison, settings);
  EXPECT_THAT(text, AllOf(HasSubstr("\nbenchmark       baseline"),
                          HasSubstr("\nSort<int, 3>|x    1.00 s"),
                          HasSubstr("\n1 benchmark: 1 slower\n")));
  const std::string markdown = CompareMarkdown(comparison, settings);
  EXPECT_THAT(markdown,
              AllOf(StartsWith("### 1 of 1 benchmark regressed\n"),
                    HasSubstr("\n| benchmark | baseline"),
                    HasSubstr("\n| Sort&lt;int, 3&gt;\\|x | 1.00 s")));
  const std::string csv = CompareCsv(comparison);
  EXPECT_THAT(csv, AllOf(StartsWith("name,baseline_s,"),
                         HasSubstr("\n\"Sort<int, 3>|x\",1,"),
                         EndsWith(",slower,,\n")));
  const Json json = ParseJson(CompareJson(comparison, settings));
  const JsonObject& one = json.at("configurations").at(0).as_object();
  EXPECT_EQ(one.at("name"), "Sort<int, 3>|x");
  EXPECT_FALSE(one.at("new").as_object().contains("kernels"));
  const Key any;
  ForEachKey(any, [&one](const KeyPart& part, const auto&) {
    EXPECT_FALSE(one.contains(part.column)) << part.column;
  });
  for (const std::string& output :
       {text, markdown, csv, CompareJson(comparison, settings)}) {
    EXPECT_THAT(output, AllOf(Not(HasSubstr("gemm")), Not(HasSubstr("batch")),
                              Not(HasSubstr("configuration "))));
  }
}

}  // namespace
}  // namespace hybrid
