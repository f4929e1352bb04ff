#include "foreign/google_benchmark.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "base/test_shell.h"
#include "foreign/test_google_json.h"
#include "results/input_file.h"
#include "results/results_error.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

bool TakesAll(const std::string& /*name*/) { return true; }

BenchmarkRun Parse(const std::string& text,
                   const BenchmarkFilter& is_wanted = TakesAll) {
  return ParseGoogleBenchmark("a.json", text, is_wanted);
}

std::string WhyNot(const std::string& text,
                   const BenchmarkFilter& is_wanted = TakesAll) {
  try {
    Parse(text, is_wanted);
  } catch (const ResultsError& error) {
    return error.what();
  }
  return "";
}

/// Files that the installed Google Benchmark really wrote.
class WrittenTest : public ::testing::Test {
 protected:
  /// What it wrote with `flags` and the variable that asks for more.
  std::string Write(const std::string& flags, const std::string& asked = "") {
    const std::string path = folder_.File("out.json");
    const ToolResult result =
        RunTool("HYBRID_TEST_BENCHMARKS='" + asked +
                "' '" HYBRID_GOOGLE_BENCHMARKS
                "' --benchmark_min_time=0.001 --benchmark_out_format=json "
                "--benchmark_out='" +
                path + "' " + flags + " 2>&1");
    EXPECT_EQ(result.status, 0) << result.output;
    return ReadFile(path);
  }

  TestFolder folder_;
};

const MeasuredBenchmark& Find(const BenchmarkRun& run,
                              const std::string& name) {
  const auto place =
      std::find_if(run.benchmarks.begin(), run.benchmarks.end(),
                   [&](const auto& one) { return one.name == name; });
  if (place == run.benchmarks.end()) throw ResultsError("no " + name);
  return *place;
}

TEST_F(WrittenTest, RepetitionsAreSamplesAndAggregatesAreNone) {
  const BenchmarkRun run = Parse(Write("--benchmark_repetitions=3"));
  for (const std::string name :
       {"Sum/64", "Sum/512", "Sum/4096", "Failing/iterations:1000"}) {
    EXPECT_THAT(Find(run, name).real_times_s, SizeIs(3)) << name;
    EXPECT_EQ(Find(run, name).error, "");
  }
  // No aggregates, no complexities: Sum has three, Sleep two, Quarter four.
  EXPECT_THAT(run.benchmarks, SizeIs(3 + 2 + 4 + 2));
}

TEST_F(WrittenTest, TimesAreSecondsWhateverTheirUnit) {
  const BenchmarkRun run = Parse(Write("--benchmark_filter=Quarter"));
  ASSERT_THAT(run.benchmarks, SizeIs(4));
  for (const MeasuredBenchmark& one : run.benchmarks) {
    ASSERT_THAT(one.real_times_s, SizeIs(1));
    EXPECT_NEAR(one.real_times_s.front(), 0.25, 1e-12) << one.name;
  }
}

TEST_F(WrittenTest, RealTimeCountsAndNotThatOfTheCpu) {
  const BenchmarkRun run = Parse(Write("--benchmark_filter=Sleep"));
  const std::string name = "Sleep/iterations:2/real_time";
  EXPECT_GE(Find(run, name).real_times_s.front(), 1e-3);
  EXPECT_EQ(Find(run, name).threads, 1U);
  EXPECT_EQ(Find(run, "Sleep/iterations:2/threads:2").threads, 2U);
}

TEST_F(WrittenTest, AnErrorIsTold) {
  const BenchmarkRun run = Parse(
      Write("--benchmark_filter=Failing --benchmark_repetitions=2", "failing"));
  const MeasuredBenchmark& failing = run.benchmarks.at(0);
  EXPECT_THAT(failing.real_times_s, SizeIs(0));
  EXPECT_EQ(failing.error, "no \"such\" file,\nor so");
}

TEST_F(WrittenTest, TheContextIsTold) {
  const BenchmarkContext context =
      Parse(Write("--benchmark_filter=Known --benchmark_context=compiler=gcc"))
          .context;
  EXPECT_NE(context.host_name, "");
  EXPECT_GT(context.num_cpus, 0U);
  EXPECT_GT(context.mhz_per_cpu, 0);
  EXPECT_THAT(context.date, StartsWith("20"));
  EXPECT_THAT(context.executable, HasSubstr("google-benchmarks"));
  EXPECT_NE(context.library_build_type, "");
  EXPECT_EQ(context.more.at("compiler"), "gcc");
}

TEST_F(WrittenTest, AggregatesAloneAreRefused) {
  const std::string text =
      Write("--benchmark_repetitions=2 --benchmark_report_aggregates_only");
  EXPECT_THAT(WhyNot(text),
              AllOf(StartsWith("a.json: holds aggregates alone"),
                    HasSubstr("--benchmark_report_aggregates_only")));
}

TEST_F(WrittenTest, NamesThatAreThereTwiceAreRefusedUnlessFiltered) {
  const std::string text = Write("--benchmark_filter='Twice|Known'", "twice");
  EXPECT_THAT(WhyNot(text), StartsWith("a.json: two benchmarks are called "
                                       "'Twice/iterations:1'"));
  const BenchmarkRun run =
      Parse(text, [](const std::string& name) { return name[0] == 'K'; });
  EXPECT_THAT(run.benchmarks, SizeIs(1));
}

// However much of it is missing.
TEST_F(WrittenTest, WhatIsCutOffIsRefusedAndSaysWhere) {
  const std::string text = Write("--benchmark_filter=Known");
  const std::size_t end = text.find_last_of('}');
  for (std::size_t size = 1; size <= end; ++size) {
    const std::string why = WhyNot(text.substr(0, size));
    const auto line =
        std::count(text.begin(),
                   text.begin() + static_cast<std::ptrdiff_t>(size), '\n') +
        1;
    EXPECT_EQ(why, "a.json:" + std::to_string(line) +
                       ": the JSON ends too early, as where the program that "
                       "wrote it did not end by itself");
  }
}

TEST(GoogleBenchmarkTest, ReadsWhatLaterVersionsWrite) {
  TestGoogleJson json;
  json.more_context =
      "\"cpu_scaling_enabled\": true,\n    \"aslr_enabled\": "
      "false,\n    ";
  json.Add("Copy/8/threads:4", {10, 11}, 4)
      .AddAggregate("Copy/8/threads:4")
      .AddSkipped("Wide", "skipped", "skip_message", "needs AVX-512")
      .AddSkipped("Bad", "error_occurred", "error_message", "no file");
  const BenchmarkRun run = Parse(json.Text());
  EXPECT_EQ(run.file, "a.json");
  EXPECT_EQ(run.context.library_version, "v1.9.1");
  EXPECT_EQ(run.context.cpu_scaling_enabled, true);
  EXPECT_THAT(run.context.caches_bytes, ElementsAre(33554432));
  EXPECT_THAT(run.context.more,
              ElementsAre(std::pair("aslr_enabled", "false")));
  ASSERT_THAT(run.benchmarks, SizeIs(3));
  EXPECT_EQ(run.benchmarks[0].threads, 4U);
  EXPECT_THAT(
      run.benchmarks[0].real_times_s,
      ElementsAre(::testing::DoubleEq(10e-9), ::testing::DoubleEq(11e-9)));
  EXPECT_EQ(run.benchmarks[1].skip_message, "needs AVX-512");
  EXPECT_EQ(run.benchmarks[1].error, "");
  EXPECT_EQ(run.benchmarks[2].error, "no file");
}

TEST(GoogleBenchmarkTest, OneOfSeveralWithAggregatesAloneIsNamed) {
  TestGoogleJson json;
  json.Add("Copy", {10, 11}).AddAggregate("Sort");
  EXPECT_THAT(WhyNot(json.Text()),
              AllOf(StartsWith("a.json: of 'Sort' it holds aggregates alone"),
                    HasSubstr("ReportAggregatesOnly()")));
  EXPECT_EQ(WhyNot(json.Text(),
                   [](const std::string& name) { return name == "Copy"; }),
            "");
}

TEST(GoogleBenchmarkTest, ATimeOfNothingIsAnError) {
  TestGoogleJson json;
  json.Add("Copy", {10, 0});
  EXPECT_EQ(Parse(json.Text()).benchmarks[0].error,
            "a repetition has no real_time above 0");
}

TEST(GoogleBenchmarkTest, WhatIsNoneOfItIsRefusedInOneLine) {
  EXPECT_THAT(WhyNot("{\n\"a\": 1,\n'b': 2}"),
              StartsWith("a.json:3: no JSON: "));
  EXPECT_THAT(WhyNot("{} {}"), StartsWith("a.json:1: no JSON: "));
  for (const char* other :
       {"[]", "{}", R"({"benchmarks": 1})", R"({"benchmarks": [1]})",
        R"({"benchmarks": [{}]})", R"({"benchmarks": [{"name": "a"}]})",
        R"({"benchmarks": [{"name": "a", "run_type": "iteration"}]})",
        R"({"context": [], "benchmarks": [{"name": 1}]})"}) {
    EXPECT_THAT(WhyNot(other), StartsWith("a.json: ")) << other;
    EXPECT_EQ(WhyNot(other).find('\n'), std::string::npos) << other;
  }
}

TEST(GoogleBenchmarkTest, ReadsAFile) {
  const TestFolder folder;
  // More than is read at once.
  TestGoogleJson json;
  json.Add("Copy", std::vector<double>(1000, 10.0));
  folder.Lay("/b.json", json.Text());
  InputFile file(folder.File("b.json"));
  EXPECT_TRUE(BeginsAsJson(file.Start()));
  const BenchmarkRun run = ReadGoogleBenchmark(file, TakesAll);
  EXPECT_EQ(run.file, folder.File("b.json"));
  EXPECT_THAT(run.benchmarks.at(0).real_times_s, SizeIs(1000));
}

TEST(BeginsAsJsonTest, CsvDoesNot) {
  EXPECT_TRUE(BeginsAsJson(" \n{"));
  EXPECT_FALSE(BeginsAsJson("schema_version,"));
  EXPECT_FALSE(BeginsAsJson(""));
  EXPECT_FALSE(BeginsAsJson("  "));
}

}  // namespace
}  // namespace hybrid
