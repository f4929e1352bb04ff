// Runs the real hybrid-report on files that the real writer wrote, with a page
// of a few lines in place of the real one.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <random>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "key/key.h"
#include "results/csv_reader.h"
#include "results/row.h"
#include "results/test_files.h"
#include "test_tool.h"
#include "test_tool_files.h"

namespace hybrid {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

namespace fs = std::filesystem;

constexpr char kPage[] =
    "<!doctype html>\n<!--hybrid:style-->\n<!--hybrid:libraries-->\n"
    "<!--hybrid:specs-->\n<!--hybrid:data-->\n<!--hybrid:script-->\n";

/// The data in a page, which its scripts would read.
Json DataIn(const std::string& html) {
  constexpr std::string_view kStart = "id=\"data\">";
  const std::size_t begin = html.find(kStart) + kStart.size();
  return ParseJson(html.substr(begin, html.find("</script>", begin) - begin));
}

class HybridReportTest : public ToolTest {
 protected:
  HybridReportTest() {
    for (const char* folder : {"charts", "charts/specs", "out"}) {
      fs::create_directory(folder_.File(folder));
    }
    WriteFile(folder_.File("charts/page.html"), kPage);
    for (const char* name : {"page.css", "page.js", "charts.js", "vega.min.js",
                             "vega-lite.min.js", "vega-embed.min.js"}) {
      WriteFile(folder_.File("charts/" + std::string(name)), "");
    }
  }

  /// Runs hybrid-report in the folder `out`, with the charts of this test.
  /// `arguments` may redirect, `before` set limits or variables.
  ToolResult Report(const std::string& arguments,
                    const std::string& before = "") const {
    return RunTool("cd " + Quoted("out") + " && " + before +
                   " '" HYBRID_REPORT "' --charts=" + Quoted("charts") + " " +
                   arguments);
  }

  /// How many files the folder `out` holds.
  std::ptrdiff_t FilesOut() const {
    return std::distance(fs::directory_iterator(folder_.File("out")),
                         fs::directory_iterator());
  }

  std::vector<Row> rows_ = RowsOfTwoSplits();
};

TEST_F(HybridReportTest, WritesReportHtml) {
  const ToolResult result = Report(Write("a.csv", rows_) + " 2>&1");
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.output,
              MatchesRegex("wrote report.html: [0-9]+ kB, 6 rows of 1 run\n"));
  const Json data = DataIn(ReadFile(folder_.File("out/report.html")));
  EXPECT_EQ(data.at("files"), JsonArray({"a.csv"}));
  EXPECT_THAT(data.at("generator").as_string().c_str(),
              StartsWith("hybrid-report "));
  EXPECT_EQ(data.at("groups").at(0).at("splits").at(0).at("label"), "2×1");
  EXPECT_EQ(FilesOut(), 1);
}

TEST_F(HybridReportTest, WritesToStandardOutput) {
  const ToolResult result = Report(Write("a.csv", rows_) + " -o -");
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.output, StartsWith("<!doctype html>"));
  EXPECT_EQ(DataIn(result.output).at("rows").at("count"), rows_.size());
  EXPECT_EQ(FilesOut(), 0);
  EXPECT_EQ(Report(Quoted("a.csv") + " -o - >/dev/full 2>/dev/null").status, 2);
}

TEST_F(HybridReportTest, OfAFolderTheNewest) {
  fs::create_directory(folder_.File("runs"));
  Write("runs/a.csv", rows_);
  EXPECT_EQ(Report(Quoted("runs")).status, 0);
  const Json data = DataIn(ReadFile(folder_.File("out/report.html")));
  EXPECT_EQ(data.at("files"), JsonArray({"a.csv"}));
}

TEST_F(HybridReportTest, PoolsFiles) {
  std::vector<Row> second = rows_;
  for (Row& row : second) row.run_id = "second";
  const std::string a = Write("a.csv", rows_);
  fs::create_directory(folder_.File("more"));
  const ToolResult result =
      Report(a + " " + Write("more/a.csv", second) + " -o - 2>&1");
  const Json data = DataIn(result.output);
  EXPECT_EQ(data.at("groups").as_array().size(), 1);
  EXPECT_EQ(data.at("rows").at("count"), 2 * rows_.size());
  EXPECT_EQ(data.at("history").as_array().size(), 2);
  // Both files have one name, so that they need their folders.
  EXPECT_EQ(data.at("files").at(1).as_string(), folder_.File("more/a.csv"));
}

TEST_F(HybridReportTest, WarnsOfWhatSpoilsThePool) {
  for (Row& row : rows_) row.status = Status::kError;
  const ToolResult result = Report(Write("none.csv", rows_) + " 2>&1");
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.output,
              StartsWith("hybrid-report: none.csv: no repetition completed\n"
                         "wrote report.html: "));
}

TEST_F(HybridReportTest, ARowCountsOnce) {
  const std::string a = Write("a.csv", rows_);
  std::vector<Row> more = rows_;
  for (Row& row : more) row.repetition += 2;
  const ToolResult copied =
      Report(a + " " + Write("b.csv", rows_) + " -o copied.html 2>&1");
  EXPECT_THAT(copied.output,
              StartsWith("hybrid-report: " + folder_.File("b.csv") +
                         ": 6 rows stand in " + folder_.File("a.csv") +
                         ", too, and count once\nwrote "));
  EXPECT_THAT(Report(a + " " + a + " -o - 2>&1 >/dev/null").output,
              StartsWith("hybrid-report: " + folder_.File("a.csv") +
                         ": given twice: its 6 rows count once\nwrote "));
  const ToolResult twice = Report(a + " " + a + " -o - 2>/dev/null");
  EXPECT_EQ(DataIn(twice.output).at("rows").at("count"), 6);
  // A run that goes on in another file is pooled.
  const ToolResult resumed =
      Report(a + " " + Write("resumed.csv", more) + " -o - 2>/dev/null");
  EXPECT_EQ(DataIn(resumed.output).at("rows").at("count"), 10);
  EXPECT_EQ(DataIn(resumed.output).at("runs").as_array().size(), 1);
}

TEST_F(HybridReportTest, HostileTextStaysText) {
  rows_[0].error = "</script><script src=\"http://example.org/\">";
  rows_[1].error = "quote \" and \xE2\x80\xA8 and \xFF";
  rows_[0].host = rows_[1].host = "<!--<script>";
  const std::string html = Report(Write("a.csv", rows_) + " -o -").output;
  const Json data = DataIn(html);
  EXPECT_EQ(data.at("rows").at("count"), rows_.size());
  EXPECT_EQ(data.at("machines").at(0).at("host"), "<!--<script>");
  EXPECT_FALSE(std::regex_search(
      html, std::regex("<[^>]*(src|href) *= *[\"']?http", std::regex::icase)));
  EXPECT_THAT(html, Not(HasSubstr("\xE2\x80\xA8")));
}

TEST_F(HybridReportTest, FindsItsFilesWhereItIsInstalled) {
  fs::create_directories(folder_.File("prefix/bin"));
  fs::copy_file(HYBRID_REPORT, folder_.File("prefix/bin/hybrid-report"));
  const std::string command = Quoted("prefix/bin/hybrid-report") + " " +
                              Write("a.csv", rows_) + " -o -";
  ToolResult result = RunTool(command + " 2>&1");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, HasSubstr("--charts=DIR"));
  fs::create_directories(folder_.File("prefix/share/hybridbench"));
  fs::rename(folder_.File("charts"),
             folder_.File("prefix/share/hybridbench/report"));
  result = RunTool(command + " 2>&1");
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.output, StartsWith("<!doctype html>"));
}

TEST_F(HybridReportTest, Help) {
  const ToolResult result = RunTool("'" HYBRID_REPORT "' --help");
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.output, HasSubstr("report.html"));
}

TEST_F(HybridReportTest, ErrorsAreOneLineAndStatusTwo) {
  const std::string good = Write("good.csv", rows_);
  WriteFile(folder_.File("bad.csv"), "not a result\n");
  WriteFile(folder_.File("file"), "");
  const std::array<std::pair<std::string, std::string>, 10> cases = {{
      {"", "FILE"},
      {good + " --no-such-flag", "--no-such-flag"},
      {good + " missing.csv", "missing.csv"},
      {Quoted("bad.csv"), "bad.csv"},
      {good + " -o .", "."},
      {good + " --svg ''", "--svg"},
      {good + " -o no/such/folder/report.html", "no/such/folder/report.html"},
      {good + " -o other.csv", "other.csv"},
      {good + " --charts=no-such-folder", "no-such-folder"},
      {good + " -o - --svg=" + Quoted("file"), "file"},
  }};
  for (const auto& [arguments, named] : cases) {
    const ToolResult result =
        RunTool("cd " + Quoted("out") + " && '" HYBRID_REPORT "' " + arguments +
                (arguments.find("--charts") == std::string::npos
                     ? " --charts=" + Quoted("charts")
                     : "") +
                " 2>&1 >/dev/null");
    SCOPED_TRACE(arguments);
    ExpectOneLineError(result, "hybrid-report");
    EXPECT_THAT(result.output, HasSubstr(named));
    EXPECT_EQ(FilesOut(), 0);
  }
}

TEST_F(HybridReportTest, NeverWritesOverAResultFile) {
  const std::string a = Write("a.csv", rows_);
  fs::create_hard_link(folder_.File("a.csv"), folder_.File("link"));
  const std::string before = ReadFile(folder_.File("a.csv"));
  EXPECT_EQ(Report(a + " -o " + a + " 2>/dev/null").status, 2);
  EXPECT_EQ(Report(a + " -o " + Quoted("link") + " 2>/dev/null").status, 2);
  EXPECT_EQ(ReadFile(folder_.File("a.csv")), before);
  // Nor over one that it does not read, whatever that is called.
  Write("results.txt", rows_);
  const ToolResult other = Report(a + " -o " + Quoted("results.txt") + " 2>&1");
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.output, HasSubstr("results.txt: is a result file"));
  EXPECT_EQ(ReadFile(folder_.File("results.txt")), before);
  // Nor behind its end.
  EXPECT_EQ(Report(a + " -o - 2>/dev/null >>" + a).status, 2);
  EXPECT_EQ(ReadFile(folder_.File("a.csv")), before);
}

TEST_F(HybridReportTest, NeverWritesOverWhatThePageIsMadeOf) {
  const std::string a = Write("a.csv", rows_);
  for (const char* name : {"page.html", "page.js"}) {
    const std::string file = "charts/" + std::string(name);
    const std::string before = ReadFile(folder_.File(file));
    EXPECT_EQ(Report(a + " -o " + Quoted(file) + " 2>/dev/null").status, 2);
    EXPECT_EQ(ReadFile(folder_.File(file)), before);
  }
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(Report(a + " -o " + Quoted("charts/report.html")).status, 0);
  }
}

TEST_F(HybridReportTest, PageAndChartsGoIntoFilesOfTheirOwn) {
  const ToolResult result =
      Report(Write("a.csv", rows_) + " -o page.svg --svg=. 2>&1");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, HasSubstr("-o page.svg"));
  EXPECT_EQ(FilesOut(), 0);
}

TEST_F(HybridReportTest, NoFlagTakesAnotherForItsValue) {
  const std::string a = Write("a.csv", rows_);
  for (const std::string flag :
       {"-o", "--output", "--charts", "--svg", "--png"}) {
    for (const std::string& spelling : {flag + "=", flag}) {
      // In the place of the test's charts: each flag once.
      const ToolResult result =
          RunTool("cd " + Quoted("out") + " && '" HYBRID_REPORT "' " + a + " " +
                  spelling + " --svg=x 2>&1 >/dev/null");
      EXPECT_EQ(result.status, 2) << spelling;
      EXPECT_THAT(result.output, HasSubstr(flag));
      EXPECT_EQ(FilesOut(), 0) << spelling;
    }
  }
  EXPECT_EQ(Report(a + " -o=x.html").status, 0);
  EXPECT_TRUE(fs::exists(folder_.File("out/x.html")));
}

TEST_F(HybridReportTest, AFullDiskIsAnErrorOfTheHelpToo) {
  EXPECT_EQ(Report("--help >/dev/full 2>/dev/null").status, 2);
  EXPECT_EQ(Report("--help >/dev/full 2>&1").status, 2);
}

TEST_F(HybridReportTest, AFailedWriteLeavesWhatWasThere) {
  const std::string a = Write("a.csv", rows_);
  const std::string limit = "ulimit -f 1 &&";
  ToolResult result = Report(a + " 2>&1", limit);
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, EndsWith("report.html: File too large\n"));
  EXPECT_EQ(FilesOut(), 0);
  WriteFile(folder_.File("out/report.html"), "old");
  EXPECT_EQ(Report(a + " 2>&1", limit).status, 2);
  EXPECT_EQ(ReadFile(folder_.File("out/report.html")), "old");
  EXPECT_EQ(FilesOut(), 1);
}

TEST_F(HybridReportTest, ChartsBecomeFiles) {
  WriteFile(folder_.File("charts/render.mjs"),
            "import fs from 'node:fs';\n"
            "const [data, charts, out] = process.argv.slice(2);\n"
            "const n = JSON.parse(fs.readFileSync(data)).rows.count;\n"
            "fs.readFileSync(charts + '/page.html');\n"
            "for (const name of ['a', 'b'])\n"
            "  fs.writeFileSync(`${out}/${name}.svg`, `<svg width=\"${n}\" "
            "height=\"4\" xmlns=\"http://www.w3.org/2000/svg\"/>`);\n");
  const std::string a = Write("a.csv", rows_);
  const ToolResult svg = Report(a + " --svg=new/folder 2>&1");
  EXPECT_EQ(svg.status, 0) << svg.output;
  EXPECT_THAT(svg.output, EndsWith("wrote 2 charts into new/folder\n"));
  EXPECT_THAT(ReadFile(folder_.File("out/new/folder/b.svg")),
              StartsWith("<svg width=\"6\""));
  if (RunTool("command -v rsvg-convert").status != 0) {
    GTEST_SKIP() << "rsvg-convert is not installed";
  }
  const ToolResult png = Report(a + " --png=png 2>&1");
  EXPECT_EQ(png.status, 0) << png.output;
  EXPECT_THAT(ReadFile(folder_.File("out/png/a.png")), StartsWith("\x89PNG"));
  EXPECT_FALSE(fs::exists(folder_.File("out/png/a.svg")));
}

TEST_F(HybridReportTest, SaysWhatIsMissingForCharts) {
  const std::string a = Write("a.csv", rows_);
  EXPECT_THAT(Report(a + " --svg=svg 2>&1").output, HasSubstr("render.mjs"));
  WriteFile(folder_.File("charts/render.mjs"), "throw new Error('no luck');\n");
  ToolResult result = Report(a + " --svg=svg 2>&1");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.output,
            "hybrid-report: node failed with status 1: Error: no luck\n");
  result = Report(a + " --svg=svg 2>&1", "PATH=/nowhere");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, HasSubstr("apt install nodejs"));
  EXPECT_TRUE(fs::is_empty(folder_.File("out/svg")));
}

/// `count` rows, such as a long sweep has: those of a recorded run again and
/// again, at other n and with other times.
std::vector<Row> ManyRows(std::size_t count) {
  const std::vector<Row> recorded = ReadCsv(HYBRID_EXAMPLES "/version-2.csv");
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> factor(0.98, 1.02);
  std::vector<Row> rows;
  for (std::size_t i = 0; rows.size() < count; ++i) {
    const Row& like = recorded[i % recorded.size()];
    if (like.family != Family::kHybrid) continue;
    Row& row = rows.emplace_back(like);
    row.n += i / recorded.size();
    for (auto* const time :
         {&row.wall_s, &row.load_s, &row.operate_s, &row.idle_s, &row.start_s,
          &row.gflops, &row.tasks_per_s, &row.peak_fraction, &row.imbalance,
          &row.cpu_s, &row.run_delay_s, &row.worst_run_delay_s, &row.task_p50_s,
          &row.task_p99_s, &row.task_max_s, &row.cpu_pressure_s,
          &row.foreign_cpu_s, &row.speed_fraction}) {
      if (*time) **time *= factor(random);
    }
  }
  return rows;
}

TEST_F(HybridReportTest, TenThousandRowsStaySmall) {
  const std::string html =
      Report(Write("a.csv", ManyRows(10'000)) + " -o -").output;
  EXPECT_EQ(DataIn(html).at("rows").at("count"), 10'000);
  EXPECT_LT(html.size(), 5'000'000);
}

}  // namespace
}  // namespace hybrid
