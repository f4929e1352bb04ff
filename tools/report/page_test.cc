// The real page of the real hybrid-report in a real browser: what it shows is
// what its data hold.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/test_folder.h"
#include "key/key.h"
#include "results/csv_reader.h"
#include "results/row.h"
#include "results/test_files.h"
#include "test_browser.h"
#include "test_page.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class PageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!HasPage()) GTEST_SKIP() << "npm could not fetch the page";
  }

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
  for (const Json& group : data.at("groups").as_array()) {
    for (const Json& split : group.at("splits").as_array()) {
      ++splits;
      stars += split.at("verdict") == "best" || split.at("verdict") == "tie";
      incomplete += split.at("median_s").is_null();
      points += group.at("values").at("batch") == 8 &&
                !split.at("throughput").is_null();
    }
  }
  const JsonArray& first = data.at("groups").at(0).at("splits").as_array();
  std::size_t timed = 0;
  for (const Json& split : first) timed += !split.at("median_s").is_null();
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
  EXPECT_EQ(shown.at("cells"), splits);
  EXPECT_EQ(shown.at("labels"), splits);
  EXPECT_EQ(shown.at("stars"), stars);
  EXPECT_EQ(shown.at("hatched"), incomplete);
  EXPECT_GT(shown.at("border").as_int64(), 0);
  EXPECT_EQ(shown.at("phases"), 3 * timed);
  EXPECT_EQ(shown.at("totals"), first.size());
  EXPECT_EQ(shown.at("points"), points);
  EXPECT_EQ(shown.at("ceiling"), 1);
  EXPECT_EQ(shown.at("answers"), data.at("groups").as_array().size());
  EXPECT_EQ(shown.at("evidence"), first.size());
  EXPECT_EQ(shown.at("rows"), data.at("rows").at("count"));
  EXPECT_THAT(shown.at("history").as_string().c_str(), HasSubstr("no history"));
}

/// A repetition of 2×2 in a sweep, of which more is set.
Row TwoByTwo() {
  Row row = ExampleRows().front();
  row.family = Family::kHybrid;
  row.variant.clear();
  row.workers = row.blas_threads = 2;
  return row;
}

constexpr char kTooltipOfTwoByTwo[] = R"(
    const cell = [...page.querySelectorAll('.cells_marks path')]
      .find((one) => one.getAttribute('aria-label').includes('2×2'));
    for (const type of ['pointerover', 'pointermove', 'mousemove']) {
      cell.dispatchEvent(new view.PointerEvent(type, {bubbles: true}));
    }
    await new Promise((done) => setTimeout(done, 300));
    return {
      tooltip: page.getElementById('vg-tooltip-element').innerText,
      evidence: page.querySelector('table.evidence').textContent,
      answer: page.querySelector('table.answer').textContent,
      marked: count('table.answer .levels[title^="bimodal: "]'),
      width: page.documentElement.scrollWidth,
    };)";

TEST_F(PageTest, TellsWhatWorkersShareAndWhatIsBimodal) {
  std::vector<Row> rows;
  for (const std::uint64_t workers : {1U, 2U}) {
    Row row = TwoByTwo();
    row.workers = workers;
    row.sharing = "2 L2s for all, one L3, one NUMA node";
    for (row.repetition = 0; row.repetition < 8; ++row.repetition) {
      row.wall_s = workers == 1 || row.repetition % 2 == 0 ? 0.0137 : 0.0316;
      rows.push_back(row);
    }
  }
  const Json shown =
      browser_.Probe(TestPage(rows).file(), "", kPhone, kTooltipOfTwoByTwo);
  const std::string place =
      "workers run anywhere: 2 L2s for all, one L3, one NUMA node";
  const std::string levels =
      "bimodal: 13.7 ms in 4 and 31.6 ms in 4 of 8 repetitions";
  for (const char* const part : {"tooltip", "evidence"}) {
    EXPECT_THAT(shown.at(part).as_string().c_str(),
                AllOf(HasSubstr(place), HasSubstr(levels)));
  }
  EXPECT_EQ(shown.at("marked"), 0);  // the best is not
  EXPECT_LE(shown.at("width").as_int64(), kPhone);
}

TEST_F(PageTest, OfAnOlderFileNothingIsSaidOfPlaces) {
  const Json shown = browser_.Probe(TestPage(kExample).file(), "", kDesktop,
                                    kTooltipOfTwoByTwo);
  EXPECT_THAT(shown.at("tooltip").as_string().c_str(),
              AllOf(HasSubstr("verdict"), Not(HasSubstr("placement"))));
  EXPECT_THAT(shown.at("evidence").as_string().c_str(),
              Not(HasSubstr("run anywhere")));
}

TEST_F(PageTest, MarksABestThatIsBimodal) {
  std::vector<Row> rows;
  Row row = TwoByTwo();
  for (row.repetition = 0; row.repetition < 8; ++row.repetition) {
    row.wall_s = row.repetition % 2 == 0 ? 0.0137 : 0.0316;
    rows.push_back(row);
  }
  const Json shown =
      browser_.Probe(TestPage(rows).file(), "", kDesktop, kTooltipOfTwoByTwo);
  EXPECT_EQ(shown.at("marked"), 1);
  EXPECT_THAT(shown.at("answer").as_string().c_str(), HasSubstr("bimodal"));
}

// What a search stopped or left out has no colour, and says what is known.
TEST_F(PageTest, OfASearchHatchesWhatItDidNotMeasure) {
  const TestPage page(
      std::string(HYBRID_SOURCE "/tools/golden/input/compared_search.csv"));
  const Json data = page.Data();
  std::size_t hatched = 0, not_run = 0, stopped = 0;
  for (const Json& group : data.at("groups").as_array()) {
    for (const Json& split : group.at("splits").as_array()) {
      hatched += split.at("median_s").is_null();
      not_run += split.at("verdict") == "not_run";
      stopped += split.at("verdict") == "capped";
    }
  }
  ASSERT_EQ(not_run + stopped, hatched);
  ASSERT_GT(stopped, 0U);
  const Json shown = browser_.Probe(page.file(), "n=256", kDesktop, R"(
    const all = (list, read) => [...page.querySelectorAll(list)].map(read);
    const texts = all('.labels_marks text', (one) => one.textContent);
    const fills = all('.cells_marks path', (one) => one.getAttribute('fill'));
    return {
      hatched: count('.hatch_marks path'),
      least: texts.filter((text) => text.startsWith('≥ ')).length,
      best: texts.filter((text) => text === '1.00×').length,
      grey: fills.filter((fill) => fill === fills[fills.length - 1]).length,
      colours: new Set(fills).size,
      answer: page.getElementById('answer-body').textContent,
      evidence: page.querySelector('table.evidence').textContent,
      heatmap: page.getElementById('heatmap').textContent,
    };)");
  EXPECT_EQ(shown.at("hatched"), hatched);
  EXPECT_EQ(shown.at("least"), hatched);
  EXPECT_EQ(shown.at("best"), data.at("groups").as_array().size());
  // All that is hatched has one colour, which nothing that was measured has.
  EXPECT_EQ(shown.at("grey"), hatched);
  EXPECT_GT(shown.at("colours").as_int64(), 2);
  EXPECT_THAT(shown.at("answer").as_string().c_str(),
              HasSubstr("Search: 5 of 9 splits in "));
  EXPECT_THAT(shown.at("answer").as_string().c_str(),
              HasSubstr("has been missed with a chance of"));
  EXPECT_THAT(shown.at("evidence").as_string().c_str(),
              AllOf(HasSubstr("– not run"), HasSubstr("≥ 3.9× (bound)")));
  EXPECT_THAT(shown.at("heatmap").as_string().c_str(),
              HasSubstr("times the best's time"));
}

TEST_F(PageTest, FitsANarrowWindow) {
  const TestPage page(kExample);
  const Json shown = browser_.Probe(page.file(), "", kPhone, R"(
    const {scrollWidth, clientWidth} = page.documentElement;
    return {scrollWidth, clientWidth, cells: count('.cells_marks path')};)");
  EXPECT_LE(shown.at("clientWidth").as_int64(), kPhone);
  EXPECT_LE(shown.at("scrollWidth").as_int64(),
            shown.at("clientWidth").as_int64());
  EXPECT_GT(shown.at("cells").as_int64(), 0);
}

TEST_F(PageTest, CopyIsReachedWithoutScrollingSideways) {
  const TestPage page(kExample);
  for (const int width : {kPhone, kDesktop}) {
    const Json shown = browser_.Probe(page.file(), "", width, R"(
      const buttons = [...page.querySelectorAll('.copy')];
      const hit = (button) => {
        button.scrollIntoView({block: 'center', inline: 'nearest'});
        for (const box of page.querySelectorAll('.scroll')) box.scrollLeft = 0;
        const {left, right, top, bottom} = button.getBoundingClientRect();
        return [left + 1, right - 1].every((x) =>
          page.elementFromPoint(x, (top + bottom) / 2) === button);
      };
      return {buttons: buttons.length, hit: buttons.filter(hit).length,
              groups: count('table.answer tbody tr')};)");
    EXPECT_EQ(shown.at("buttons").as_int64(),
              shown.at("groups").as_int64() + 1);
    EXPECT_EQ(shown.at("hit"), shown.at("buttons")) << width;
  }
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
  EXPECT_EQ(shown.at("images"), 0);
  EXPECT_EQ(shown.at("inBody"), 0);
  EXPECT_EQ(shown.at("title").as_string(), "hybridbench: " + script);
  EXPECT_THAT(shown.at("text").as_string().c_str(), HasSubstr(script));
  EXPECT_THAT(shown.at("text").as_string().c_str(), HasSubstr(image));
  EXPECT_THAT(shown.at("tooltip").as_string().c_str(), HasSubstr(image));
  EXPECT_LE(shown.at("width").as_int64(), kPhone);
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
  EXPECT_LT(shown.at("first").at("rows").as_int64(), 300);
  EXPECT_LT(shown.at("first").at("last").as_int64(), 300);
  EXPECT_LT(shown.at("rows").as_int64(), 300);
  EXPECT_EQ(shown.at("last"), 9'999);
  EXPECT_EQ(shown.at("all"), "10001");
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
    const hidden = (id) => page.getElementById(id).hidden;
    return {answer: text('answer'), others: text('others'),
            noOthers: hidden('others'), noSplits: hidden('heatmap'),
            heatmap: text('heatmap'),
            phases: text('phases'), throughput: text('throughput'),
            history: text('history'), head: text('machines'),
            rows: count('[data-row]')};)";
  const Json none =
      browser_.Probe(TestPage(noise).file(), "", kDesktop, kTexts);
  EXPECT_THAT(none.at("answer").as_string().c_str(),
              HasSubstr("What there is of Noise stands below"));
  EXPECT_THAT(none.at("others").as_string().c_str(), HasSubstr("Noise/A"));
  EXPECT_TRUE(none.at("noSplits").as_bool());
  EXPECT_FALSE(none.at("noOthers").as_bool());
  EXPECT_EQ(none.at("rows"), noise.size());

  const Json some =
      browser_.Probe(TestPage(capped).file(), "", kDesktop, kTexts);
  EXPECT_FALSE(some.at("noSplits").as_bool());
  EXPECT_TRUE(some.at("noOthers").as_bool());
  EXPECT_THAT(some.at("answer").as_string().c_str(), HasSubstr("by the rate"));
  EXPECT_THAT(some.at("heatmap").as_string().c_str(),
              HasSubstr("all are capped"));
  EXPECT_THAT(some.at("phases").as_string().c_str(), HasSubstr("No split"));
  EXPECT_THAT(some.at("throughput").as_string().c_str(),
              HasSubstr("Only n = 64"));
  EXPECT_THAT(some.at("history").as_string().c_str(), HasSubstr("no history"));
  EXPECT_THAT(some.at("head").as_string().c_str(), HasSubstr("not measured"));
}

TEST_F(PageTest, ShowsFamiliesThatCompareNoSplits) {
  for (const Family family : {Family::kTutorial, Family::kOverhead}) {
    Row row = ExampleRows().front();
    row.family = family;
    std::vector<Row> rows;
    for (const std::string variant : {"one", "two", "three"}) {
      row.variant = variant;
      for (row.repetition = 0; row.repetition < 3; ++row.repetition) {
        row.wall_s = 0.25 + 0.01 * static_cast<double>(row.repetition);
        rows.push_back(row);
      }
    }
    rows.back().status = Status::kError;
    rows.back().error = "worker 0 died";
    const Json shown = browser_.Probe(TestPage(rows).file(), "", kPhone, R"(
      return {lines: [...page.querySelectorAll('table.others tbody tr')]
                .map((row) => row.innerText.replace(/\s+/g, ' ')),
              answer: page.getElementById('answer').innerText,
              width: page.documentElement.scrollWidth};)");
    const JsonArray& lines = shown.at("lines").as_array();
    ASSERT_EQ(lines.size(), 3);
    EXPECT_THAT(lines[0].as_string().c_str(),
                AllOf(HasSubstr(std::string(Name(family)) + "/one"),
                      HasSubstr("260 ms ±3.8 % 3 ")));
    EXPECT_THAT(lines[2].as_string().c_str(),
                HasSubstr("failed: worker 0 died"));
    EXPECT_THAT(shown.at("answer").as_string().c_str(),
                HasSubstr(std::string(Name(family)) + " stands below"));
    EXPECT_LE(shown.at("width").as_int64(), kPhone);
  }
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
  EXPECT_EQ(shown.at("closed"), 0);
  EXPECT_EQ(shown.at("copies"), 3);
  EXPECT_EQ(shown.at("label"), "#57606a");
  EXPECT_EQ(shown.at("rows"), 40);
  EXPECT_EQ(shown.at("left"), 0);
  EXPECT_EQ(shown.at("rowsAfter"), 264);
  EXPECT_GT(shown.at("closedAfter").as_int64(), 0);
}

}  // namespace
}  // namespace hybrid
