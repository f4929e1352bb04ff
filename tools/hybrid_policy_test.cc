// What hybrid-answer says of sizes that were not measured, and what compilers,
// Python and bench make of it.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "results/row.h"
#include "results/test_files.h"
#include "test_tool.h"
#include "test_tool_files.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kPolicyExample =
    "'" HYBRID_EXAMPLES "/2-core-epyc-zen4.csv'";

ToolResult RunForSize(const std::string& arguments) {
  return RunTool("'" HYBRID_ANSWER "' " + arguments);
}

/// What a C program asks of the policy, as Python does below.
constexpr const char* kAskInC = R"(#include "split.h"

#include <stdio.h>

int main(void) {
  unsigned long long n, batch;
  while (scanf("%llu %llu", &n, &batch) == 2) {
    const struct hybrid_split split = hybrid_split(n, batch);
    printf("%llu %llu %llux%llu %s\n", n, batch, split.workers,
           split.blas_threads, split.engine);
  }
  return 0;
}
)";

/// The policy in Python and in JSON, which have to agree.
constexpr const char* kAskInPython = R"(import ast
import json
import sys

with open("split.py", encoding="utf-8") as file:
    ast.parse(file.read())
with open("policy.json", encoding="utf-8") as file:
    policy = json.load(file)


def holds(bounds, value):
    return bounds["low"] <= value and (
        bounds["high"] is None or value <= bounds["high"])


def of_json(n, batch):
    found = [(rule["workers"], rule["blas_threads"], rule["engine"])
             for rule in policy["rules"]
             if holds(rule["n"], n) and holds(rule["batch"], batch)]
    assert len(found) <= 1, (n, batch, found)
    return found[0] if found else None


from split import hybrid_split

for line in sys.stdin:
    n, batch = map(int, line.split())
    split = hybrid_split(n, batch)
    assert split == of_json(n, batch), (n, batch)
    print("%d %d %dx%d %s" % ((n, batch) + (split or (0, 0, ""))))
for point in policy["points"]:
    split = (point["workers"], point["blas_threads"], point["engine"])
    assert hybrid_split(point["n"], point["batch"]) == split, point
    assert point["known"] in ("measured", "predicted") and point["seconds"] > 0
)";

class HybridPolicyTest : public ToolTest {
 protected:
  /// Adds `times` of one size on two cores.
  void Add(std::uint64_t n, std::uint64_t batch,
           const std::map<Split, double>& times) {
    Row row;
    row.run_id = "run";
    row.kernels_asked = kBestKernels;
    row.n = n;
    row.batch = batch;
    row.usable_cores = 2;
    for (row.repetition = 0; row.repetition < 3; ++row.repetition) {
      for (const auto& [split, seconds] : times) {
        row.workers = split.workers;
        row.blas_threads = split.blas_threads;
        row.engine = split.engine;
        row.wall_s = seconds;
        rows_.push_back(row);
      }
    }
  }

  /// What C and Python say of the policy of `file` at many sizes.
  std::pair<std::string, std::string> AskAll(const std::string& file) const {
    const auto run = [this](const std::string& command) {
      const ToolResult result =
          RunTool("cd '" + folder_.path() + "' && " + command + " 2>&1");
      EXPECT_EQ(result.status, 0) << command << "\n" << result.output;
      return result.output;
    };
    const std::string answer = "'" HYBRID_ANSWER "' --policy=";
    run(answer + "c " + file + " >split.h");
    run(answer + "python " + file + " >split.py");
    run(answer + "json " + file + " >policy.json");
    WriteFile(folder_.File("ask.c"), kAskInC);
    WriteFile(folder_.File("ask.py"), kAskInPython);
    std::string sizes;
    for (std::uint64_t n = 0; n < 1100; n += n < 300 ? 1U : 7U) {
      for (const std::uint64_t batch : {0U, 1U, 2U, 3U, 4U, 7U, 8U, 15U, 16U,
                                        17U, 31U, 32U, 33U, 1000000000U}) {
        sizes += fmt::format("{} {}\n", n, batch);
      }
    }
    WriteFile(folder_.File("sizes"), sizes);
    // Both as a source of its own and included by another.
    const std::string compile =
        "'" HYBRID_COMPILER "' -x c -std=c99 -Wall -Wextra -Werror ";
    EXPECT_EQ(run(compile + "-fsyntax-only split.h"), "");
    EXPECT_EQ(run(compile + "-o ask ask.c"), "");
    std::pair<std::string, std::string> said{run("./ask <sizes"),
                                             run("python3 ask.py <sizes")};
    return said;
  }

  std::vector<Row> rows_;
};

TEST_F(HybridPolicyTest, CAndPythonAndJsonAgree) {
  const Split two{2, 1};
  const Split threads{2, 1, Engine::kThreads};
  const Split one{1, 2};
  Add(64, 1, {{two, 2}, {one, 1}});
  Add(64, 8, {{two, 1}, {one, 2}, {threads, 3}});
  Add(256, 8, {{two, 20}, {one, 10}, {threads, 9}});
  Add(1024, 8, {{two, 30}, {one, 10}, {threads, 40}});
  Add(256, 32, {{two, 20}, {one, 80}, {threads, 90}});
  const auto [c, python] = AskAll(Write("a.csv", rows_));
  EXPECT_EQ(c, python);
  for (const char* const line :
       {"\n64 1 1x2 processes\n", "\n65 1 0x0 \n", "\n63 8 0x0 \n",
        "\n128 8 2x1 processes\n", "\n129 8 2x1 threads\n",
        "\n1000 8 1x2 processes\n", "\n256 32 2x1 processes\n", "\n64 3 0x0 \n",
        "\n64 1000000000 2x1 processes\n"}) {
    EXPECT_THAT(c, HasSubstr(line));
  }
}

TEST_F(HybridPolicyTest, OfTheExampleTheyAgree) {
  const auto [c, python] = AskAll(kPolicyExample);
  EXPECT_EQ(c, python);
  EXPECT_THAT(c, HasSubstr("\n300 32 2x1 processes\n"));
}

TEST_F(HybridPolicyTest, WhatAFileSaysIsNoCode) {
  Add(64, 8, {{{2, 1}, 1}, {{1, 1}, 2}});
  for (Row& row : rows_) {
    row.operation = "x */ int main; /*\nraise SystemExit(3)\\";
    row.blas = "*/ \"\"\" \xff\n?\?/";
    row.blas_version = "/* \\";
    row.host = "\r\x1b[2J";
  }
  const auto [c, python] = AskAll(Write("a.csv", rows_));
  EXPECT_EQ(c, python);
  EXPECT_THAT(c, HasSubstr("\n64 8 2x1 processes\n"));
}

TEST_F(HybridPolicyTest, BenchTakesTheCommandThatVerifies) {
  Add(64, 8, {{{2, 1}, 1}, {{1, 2}, 1.05}, {{2, 2}, 1.06}, {{1, 1}, 2}});
  Add(256, 8, {{{2, 1}, 16}, {{1, 2}, 17}, {{2, 2}, 17}, {{1, 1}, 32}});
  for (Row& row : rows_) {
    row.operation = "syrk";
    row.precision = Precision::kSingle;
    row.data = Data::kHot;
    row.flags = "--n=64,256 --rerun_noisy=1 --benchmark_repetitions=3";
  }
  const std::string text =
      RunForSize("--for=n=100,batch=8 " + Write("a.csv", rows_)).output;
  const std::string label = "\n  verify   bench ";
  ASSERT_THAT(text, HasSubstr(label));
  const ToolResult bench =
      RunTool("'" HYBRID_BENCH "' --dry_run=full " +
              text.substr(text.find(label) + label.size(),
                          text.size() - text.find(label) - label.size() - 1) +
              " 2>&1");
  EXPECT_EQ(bench.status, 0) << bench.output;
  const std::string group = "run       Hybrid/syrk/n:100/batch:8/workers:";
  EXPECT_THAT(
      bench.output,
      AllOf(HasSubstr(group + "2/blas_threads:1/precision:s/data:hot"),
            HasSubstr(group + "1/blas_threads:2/precision:s/data:hot"),
            HasSubstr(group + "2/blas_threads:2/precision:s/data:hot")));
  const std::string run = "run       Hybrid/";
  std::size_t runs = 0;
  for (std::size_t at = bench.output.find(run); at != std::string::npos;
       at = bench.output.find(run, at + 1)) {
    ++runs;
  }
  EXPECT_EQ(runs, 3U);
}

TEST_F(HybridPolicyTest, FilterTakesOneWay) {
  Add(64, 8, {{{2, 1}, 1}, {{1, 1}, 2}});
  std::vector<Row> rows = rows_;
  for (Row& row : rows) {
    row.data = Data::kHot;
    *row.wall_s *= row.workers == 2 ? 3 : 1;
  }
  rows.insert(rows.end(), rows_.begin(), rows_.end());
  const std::string file = Write("a.csv", rows);
  const ToolResult mixed = RunForSize("--policy=json " + file + " 2>&1");
  ExpectOneLineError(mixed, "hybrid-answer");
  EXPECT_THAT(mixed.output, HasSubstr("such as --filter=/data:hot/\n"));
  EXPECT_THAT(RunForSize("--policy=json --filter=/data:hot/ " + file).output,
              AllOf(HasSubstr("\"workers\": 1"), Not(HasSubstr("\"fresh\""))));
  EXPECT_THAT(RunForSize("--filter=/data:hot/ " + file).output,
              StartsWith("ANSWER  1×1 "));
  ExpectOneLineError(RunForSize("--policy=c --filter='(' " + file + " 2>&1"),
                     "hybrid-answer");
  ExpectOneLineError(RunForSize("--policy=c --filter=dgemm " + file + " 2>&1"),
                     "hybrid-answer");
}

TEST_F(HybridPolicyTest, ErrorsAreOneLineAndStatusTwo) {
  Add(64, 8, {{{2, 1}, 1}, {{1, 1}, 2}});
  const std::string file = Write("a.csv", rows_);
  for (const char* const arguments :
       {"--for=", "--for=300,50", "--for=n=1,batch=8", "--for=n=64,batch=3",
        "--for=batch=8", "--for", "--policy=fortran", "--policy=",
        "--policy=c --for=n=64,batch=8", "--policy=c --paste=shell",
        "--for=n=64,batch=8 --why", "--for=n=64,batch=8 --format=json"}) {
    const ToolResult outcome =
        RunForSize(fmt::format("{} {} 2>&1", file, arguments));
    SCOPED_TRACE(arguments);
    ExpectOneLineError(outcome, "hybrid-answer");
  }
  // Nothing but the line above, also where a file is to take it.
  EXPECT_EQ(
      RunForSize("--policy=c --filter=n:1/ " + file + " 2>/dev/null").output,
      "");
}

}  // namespace
}  // namespace hybrid
