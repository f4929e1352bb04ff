// The real page of the real hybrid-report in a real browser: what it shows is
// what its data hold.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "results/csv_reader.h"
#include "results/row.h"
#include "results/test_files.h"
#include "test_browser.h"
#include "test_page.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class PageTest : public ::testing::Test {
 protected:
  TestBrowser browser_;
};

std::vector<Row> ExampleRows() { return ReadCsv(kExample); }

TEST_F(PageTest, OpensFromAFileWithoutAMessage) {
  const TestPage page(kExample);
  const Browsed browsed = browser_.Open(page.file(), "");
  EXPECT_THAT(browsed.messages, IsEmpty());
  EXPECT_THAT(browsed.output, HasSubstr("data-ready=\"1\""));
  EXPECT_THAT(browsed.output, HasSubstr("class=\"mark-rect role-mark"));
}

TEST_F(PageTest, ShowsEverySplit) {
  const TestPage page(kExample);
  const Json data = page.Data();
  std::size_t splits = 0, stars = 0, incomplete = 0, points = 0;
  for (const Json& group : data["groups"]) {
    for (const Json& split : group["splits"]) {
      ++splits;
      stars += split["verdict"] == "best" || split["verdict"] == "tie";
      incomplete += split["median_s"].is_null();
      points += group["batch"] == 8 && !split["gflops"].is_null();
    }
  }
  const Json& first = data["groups"][0]["splits"];
  std::size_t timed = 0;
  for (const Json& split : first) timed += !split["median_s"].is_null();
  ASSERT_GT(incomplete, 0U);

  const Json shown = browser_.Probe(page.file(), "n=64&batch=8", kDesktop, R"(
    return {
      cells: count('.cells_marks path'), labels: count('.labels_marks text'),
      stars: count('.stars_marks text'), hatched: count('.hatch_marks path'),
      border: count('.border_right_marks line'),
      phases: count('.phases_marks path'), totals: count('.totals_marks text'),
      points: count('.points_marks path') + count('.capped_points_marks path'),
      ceiling: count('.ceiling_marks line'),
      answers: count('table.answer tbody tr'),
      evidence: count('table.evidence tr[data-split]'),
      rows: count('table.rows tr[data-row]'),
      history: page.getElementById('chart-history').textContent,
    };)");
  EXPECT_EQ(shown["cells"], splits);
  EXPECT_EQ(shown["labels"], splits);
  EXPECT_EQ(shown["stars"], stars);
  EXPECT_EQ(shown["hatched"], incomplete);
  EXPECT_GT(shown["border"], 0);
  EXPECT_EQ(shown["phases"], 3 * timed);
  EXPECT_EQ(shown["totals"], first.size());
  EXPECT_EQ(shown["points"], points);
  EXPECT_EQ(shown["ceiling"], 1);
  EXPECT_EQ(shown["answers"], data["groups"].size());
  EXPECT_EQ(shown["evidence"], first.size());
  EXPECT_EQ(shown["rows"], data["rows"]["count"]);
  EXPECT_THAT(shown["history"].get<std::string>(), HasSubstr("no history"));
}

TEST_F(PageTest, FitsANarrowWindow) {
  const TestPage page(kExample);
  const Json shown = browser_.Probe(page.file(), "", kPhone, R"(
    const {scrollWidth, clientWidth} = page.documentElement;
    return {scrollWidth, clientWidth, cells: count('.cells_marks path')};)");
  EXPECT_LE(shown["clientWidth"], kPhone);
  EXPECT_LE(shown["scrollWidth"], shown["clientWidth"]);
  EXPECT_GT(shown["cells"], 0);
}

TEST_F(PageTest, ValuesAreNeverMarkup) {
  const std::string script = "<script>console.error(1)</script>";
  const std::string image =
      "worker 0: <img src=x onerror=console.error(2)> & </b>";
  std::vector<Row> rows = ExampleRows();
  for (Row& row : rows) {
    row.host = row.cpu_model = row.flags = row.git_commit = script;
    row.warnings = row.kernels = image;
    if (row.workers == 2 && row.blas_threads == 2) {
      row.status = Status::kError;
      row.error = image;
    }
  }
  const Json shown =
      browser_.Probe(TestPage(rows).file(), "n=64&batch=8", kPhone, R"(
    const failed = [...page.querySelectorAll('.cells_marks path')]
      .find((cell) => cell.getAttribute('aria-label').includes('failed'));
    for (const type of ['pointerover', 'pointermove', 'mousemove']) {
      failed.dispatchEvent(new view.PointerEvent(type, {bubbles: true}));
    }
    await new Promise((done) => setTimeout(done, 300));
    return {
      title: page.title, images: count('img, b'),
      inBody: count('main script, header script'),
      text: page.body.innerText,
      tooltip: page.getElementById('vg-tooltip-element').innerText,
      width: page.documentElement.scrollWidth,
    };)");
  EXPECT_EQ(shown["images"], 0);
  EXPECT_EQ(shown["inBody"], 0);
  EXPECT_EQ(shown["title"], "hybridbench: " + script);
  EXPECT_THAT(shown["text"].get<std::string>(), HasSubstr(script));
  EXPECT_THAT(shown["text"].get<std::string>(), HasSubstr(image));
  EXPECT_THAT(shown["tooltip"].get<std::string>(), HasSubstr(image));
  EXPECT_LE(shown["width"], kPhone);
}

TEST_F(PageTest, OfManyRowsOnlyThoseInSightAreElements) {
  std::vector<Row> rows;
  const std::vector<Row> example = ExampleRows();
  for (std::size_t i = 0; rows.size() < 10'000; ++i) {
    rows.push_back(example[i % example.size()]);
    rows.back().repetition = i;
  }
  const Json shown = browser_.Probe(TestPage(rows).file(), "", kDesktop, R"(
    const last = () => Math.max(...[...page.querySelectorAll('[data-row]')]
      .map((row) => Number(row.dataset.row)));
    const first = {rows: count('[data-row]'), last: last()};
    const box = page.querySelector('.rows-box');
    box.scrollTop = box.scrollHeight;
    box.dispatchEvent(new view.Event('scroll'));
    return {first, rows: count('[data-row]'), last: last(),
            all: page.querySelector('table.rows').ariaRowCount};)");
  EXPECT_LT(shown["first"]["rows"], 300);
  EXPECT_LT(shown["first"]["last"], 300);
  EXPECT_LT(shown["rows"], 300);
  EXPECT_EQ(shown["last"], 9'999);
  EXPECT_EQ(shown["all"], "10001");
}

TEST_F(PageTest, SaysInWordsWhatItHasNot) {
  std::vector<Row> noise, capped;
  for (Row row : ExampleRows()) {
    if (row.family != Family::kHybrid) {
      noise.push_back(row);
    } else if (row.n == 64 && row.repetition == 0) {
      row.status = Status::kCapped;
      row.peak_gflops = row.core_peak_gflops = row.peak_fraction = {};
      capped.push_back(row);
    }
  }
  constexpr char kTexts[] = R"(
    const text = (id) => page.getElementById(id).innerText;
    return {answer: text('answer'), heatmap: text('heatmap'),
            phases: text('phases'), throughput: text('throughput'),
            history: text('history'), head: text('machines'),
            rows: count('[data-row]')};)";
  const Json none =
      browser_.Probe(TestPage(noise).file(), "", kDesktop, kTexts);
  EXPECT_THAT(none["answer"].get<std::string>(), HasSubstr("family Hybrid"));
  EXPECT_THAT(none["heatmap"].get<std::string>(), HasSubstr("No splits"));
  EXPECT_EQ(none["rows"], noise.size());

  const Json some =
      browser_.Probe(TestPage(capped).file(), "", kDesktop, kTexts);
  EXPECT_THAT(some["answer"].get<std::string>(), HasSubstr("by the rate"));
  EXPECT_THAT(some["heatmap"].get<std::string>(), HasSubstr("all are capped"));
  EXPECT_THAT(some["phases"].get<std::string>(), HasSubstr("No split"));
  EXPECT_THAT(some["throughput"].get<std::string>(), HasSubstr("Only n = 64"));
  EXPECT_THAT(some["history"].get<std::string>(), HasSubstr("no history"));
  EXPECT_THAT(some["head"].get<std::string>(), HasSubstr("not measured"));
}

TEST_F(PageTest, Prints) {
  const TestPage page(kExample);
  const TestFolder folder;
  const std::string pdf = folder.File("report.pdf");
  EXPECT_THAT(browser_.Print(page.file(), pdf).messages, IsEmpty());
  EXPECT_THAT(ReadFile(pdf), StartsWith("%PDF-"));

  // What a print shows beyond the screen, in light colours.
  const Json shown = browser_.Probe(page.file(), "theme=dark", kDesktop, R"(
    view.dispatchEvent(new view.Event('beforeprint'));
    await new Promise((done) => setTimeout(done, 0));
    const axis = page.querySelector('.print-only .role-axis-label text');
    const open = {
      closed: count('main details:not([open])'),
      copies: count('.plot.print-only > svg, .plot.print-only svg.marks'),
      label: axis.getAttribute('fill'), rows: count('[data-row]'),
    };
    view.dispatchEvent(new view.Event('afterprint'));
    return {...open, left: count('.plot.print-only'),
            rowsAfter: count('[data-row]'),
            closedAfter: count('main details:not([open])')};)");
  EXPECT_EQ(shown["closed"], 0);
  EXPECT_EQ(shown["copies"], 3);
  EXPECT_EQ(shown["label"], "#57606a");
  EXPECT_EQ(shown["rows"], 40);
  EXPECT_EQ(shown["left"], 0);
  EXPECT_EQ(shown["rowsAfter"], 264);
  EXPECT_GT(shown["closedAfter"], 0);
}

}  // namespace
}  // namespace hybrid
