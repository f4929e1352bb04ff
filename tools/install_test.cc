// What `cmake --install` makes of a build, and what a build makes of a machine
// without network.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/test_folder.h"
#include "base/text_file.h"
#include "test_tool.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

namespace fs = std::filesystem;

std::string Quoted(const std::string& text) { return "'" + text + "'"; }

// The target `programs`, which tools/run builds, was built before this test.
TEST(InstallTest, WhatToolsRunBuildsCanBeInstalledAndRunsElsewhere) {
  const TestFolder folder;
  const std::string prefix = folder.File("a prefix");
  const ToolResult installed =
      RunTool("'" HYBRID_CMAKE "' --install '" HYBRID_BUILD "' --prefix " +
              Quoted(prefix) + " 2>&1");
  ASSERT_EQ(installed.status, 0) << installed.output;
  for (const char* program :
       {"bench", "hybrid-worker", "hybrid-answer", "hybrid-compare"}) {
    EXPECT_TRUE(fs::exists(prefix + "/bin/" + program)) << program;
  }
  EXPECT_TRUE(fs::exists(prefix + "/share/hybridbench/python/hybridbench.py"));
  const std::string bin = Quoted(prefix + "/bin/");
  const ToolResult measured = RunTool(
      "cd " + Quoted(folder.path()) + " && " + bin +
      "bench --benchmark_filter=Hybrid --n=16 --batch=4 --workers=1 "
      "--blas_threads=1 --kernels=library --ceilings=none "
      "--benchmark_repetitions=2 --benchmark_min_time=0.01 --csv=r.csv 2>&1 "
      "&& " +
      bin + "hybrid-answer r.csv");
  EXPECT_EQ(measured.status, 0) << measured.output;
#ifdef HYBRID_NPM
  if (!fs::exists(HYBRID_BUILD "/report/page.html")) return;
  const ToolResult page = RunTool("cd " + Quoted(folder.path()) + " && " + bin +
                                  "hybrid-report r.csv -o - | tail -n 1");
  EXPECT_THAT(page.output, HasSubstr("</html>"));
#endif
}

TEST(InstallTest, ToolsRunBuildsAllThatIsInstalled) {
  EXPECT_THAT(text_file::Read(HYBRID_SOURCE "/tools/run").value_or(""),
              HasSubstr("--target programs"));
}

#ifdef HYBRID_NPM
// npm is there, but nobody answers it.
TEST(NoNetworkTest, LeavesThePageOutAndNothingElse) {
  const TestFolder folder;
  const std::string npm = folder.File("npm");
  const std::string source = HYBRID_SOURCE "/tools/report/";
  const ToolResult fetched =
      RunTool("npm_config_registry=http://127.0.0.1:9 npm_config_cache=" +
              Quoted(folder.File("cache")) +
              " '" HYBRID_CMAKE "' -DNPM='" HYBRID_NPM "' '-DFILES=" + source +
              "package.json;" + source + "package-lock.json;" + source +
              ".npmrc' -DFOLDER=" + Quoted(npm) +
              " -DSTAMP=" + Quoted(folder.File("npm.stamp")) + " -P '" +
              source + "npm_ci.cmake' 2>&1");
  EXPECT_EQ(fetched.status, 0) << fetched.output;
  EXPECT_THAT(fetched.output, HasSubstr("npm could not fetch Vega"));
  EXPECT_THAT(fetched.output, HasSubstr("HYBRIDBENCH_REPORT=OFF"));
  EXPECT_FALSE(fs::exists(folder.File("npm.stamp")));

  const ToolResult gathered =
      RunTool("'" HYBRID_CMAKE "' -DNODE=node -DNODE_MODULES=" +
              Quoted(npm + "/node_modules") +
              " -DNPM_STAMP=" + Quoted(folder.File("npm.stamp")) +
              " -DASSETS=" + Quoted(folder.File("report")) +
              " -DPAGE_FILES= -DSPEC_FILES= -DSTAMP=" +
              Quoted(folder.File("assets.stamp")) + " -P '" + source +
              "gather_page.cmake' 2>&1");
  EXPECT_EQ(gathered.status, 0) << gathered.output;
  EXPECT_FALSE(fs::exists(folder.File("assets.stamp")));
  EXPECT_FALSE(fs::exists(folder.File("report")));
}
#endif

}  // namespace
}  // namespace hybrid
