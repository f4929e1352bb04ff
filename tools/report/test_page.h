#ifndef HYBRID_TOOLS_REPORT_TEST_PAGE_H_
#define HYBRID_TOOLS_REPORT_TEST_PAGE_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../test_tool.h"
#include "base/json.h"
#include "base/test_folder.h"
#include "report/script_safe_text.h"
#include "results/csv_writer.h"
#include "results/row.h"
#include "results/test_files.h"

namespace hybrid {

/// The recorded run that most tests of the page show.
inline constexpr char kExample[] = HYBRID_EXAMPLES "/version-2.csv";
/// The width of a large window, in pixels.
inline constexpr int kDesktop = 1280;
/// The width of a small window, in pixels.
inline constexpr int kPhone = 400;

/// Whether the build could fetch what the page is made of.
inline bool HasPage() {
  return std::filesystem::exists(
      std::filesystem::path(HYBRID_REPORT).parent_path() / "report/page.html");
}

/// A page that the real hybrid-report made, in a folder of its own.
class TestPage {
 public:
  /// Makes the page of the result file `csv`.
  explicit TestPage(const std::string& csv) { Make(csv); }

  /// Makes the page of a result file that holds `rows`.
  explicit TestPage(const std::vector<Row>& rows) {
    const std::string csv = folder_.File("rows.csv");
    CsvWriter(csv).Append(rows);
    Make(csv);
  }

  std::string file() const { return folder_.File("report.html"); }

  /// The data that the page's scripts read.
  Json Data() const {
    const std::string html = ReadFile(file());
    const auto [begin, end] = Place(html);
    return ParseJson(html.substr(begin, end - begin));
  }

  /// Puts `data` in place of what the page's scripts read.
  void SetData(const Json& data) const {
    std::string html = ReadFile(file());
    const auto [begin, end] = Place(html);
    WriteFile(file(), html.replace(begin, end - begin, ScriptSafeText(data)));
  }

 private:
  /// From where to where the data stand in `html`.
  static std::pair<std::size_t, std::size_t> Place(const std::string& html) {
    constexpr std::string_view kStart = "id=\"data\">";
    const std::size_t begin = html.find(kStart) + kStart.size();
    return {begin, html.find("</script>", begin)};
  }

  void Make(const std::string& csv) const {
    const ToolResult made =
        RunTool("'" HYBRID_REPORT "' -o '" + file() + "' '" + csv + "' 2>&1");
    EXPECT_EQ(made.status, 0) << made.output;
  }

  TestFolder folder_;
};

}  // namespace hybrid

#endif  // HYBRID_TOOLS_REPORT_TEST_PAGE_H_
