// What a reader does to the page, in a real browser: links, choices, sorting.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/value_to.hpp>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "key/key.h"
#include "results/csv_reader.h"
#include "results/row.h"
#include "results/test_files.h"
#include "test_browser.h"
#include "test_page.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

class PageStateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!HasPage()) GTEST_SKIP() << "npm could not fetch the page";
  }

  TestBrowser browser_;
};

TEST_F(PageStateTest, TheAddressSaysWhatIsShown) {
  // The slowest of the 7 rows of Noise/A with n=64 took 103.024 µs.
  const Json shown = browser_.Probe(
      TestPage(kExample).file(),
      "operation=gemm&data=fresh&kernels=best&n=256&batch=32&theme=dark&"
      "sort=wall_s&desc=1&find=variant%3DA+n%3D64",
      kDesktop, R"(
    const rows = [...page.querySelectorAll('[data-row]')];
    const names = [...page.querySelectorAll('table.rows th button')]
      .map((button) => button.dataset.name);
    const at = names.indexOf('wall_s');
    return {
      theme: page.documentElement.dataset.theme,
      axis: page.querySelector('.role-axis-label text').getAttribute('fill'),
      n: page.getElementById('pick-n').value,
      batch: page.getElementById('pick-batch').value,
      evidence: page.querySelector('#evidence h2').textContent,
      current: page.querySelector('tr.current').textContent,
      sorted: page.querySelector('table.rows [aria-sort="descending"]')
        .textContent,
      find: page.getElementById('find').value,
      count: page.querySelector('.count').textContent,
      times: rows.map((row) => Number(row.cells[at].textContent)),
      families: [...new Set(rows.map((row) => row.cells[0].textContent))],
    };)");
  EXPECT_EQ(shown.at("theme"), "dark");
  EXPECT_EQ(shown.at("axis"), "#a2acb7");
  EXPECT_EQ(shown.at("n"), "256");
  EXPECT_EQ(shown.at("batch"), "32");
  EXPECT_THAT(shown.at("evidence").as_string().c_str(),
              HasSubstr("n=256 batch=32"));
  EXPECT_THAT(shown.at("current").as_string().c_str(), HasSubstr("25632"));
  EXPECT_THAT(shown.at("sorted").as_string().c_str(), HasSubstr("wall_s"));
  EXPECT_EQ(shown.at("find"), "variant=A n=64");
  EXPECT_EQ(shown.at("count"), "7 of 264 rows");
  EXPECT_EQ(shown.at("families"), JsonArray({"Noise"}));
  const auto times =
      boost::json::value_to<std::vector<double>>(shown.at("times"));
  ASSERT_EQ(times.size(), 7U);
  EXPECT_TRUE(std::is_sorted(times.rbegin(), times.rend()));
  EXPECT_DOUBLE_EQ(times.front(), 0.000103024);
}

TEST_F(PageStateTest, ChoicesGoIntoTheAddress) {
  const Json shown = browser_.Probe(TestPage(kExample).file(), "", kDesktop, R"(
    const hash = () => new URLSearchParams(view.location.hash.slice(1));
    const pick = page.getElementById('pick-n');
    pick.focus();
    pick.value = '768';
    pick.dispatchEvent(new view.Event('change'));
    await ready();
    const picked = {n: hash().get('n'), focus: page.activeElement.id,
                    phases: page.querySelector('#phases .of').textContent};
    page.querySelector('table.answer tbody tr:nth-child(2) a').click();
    await ready();
    const clicked = {n: hash().get('n'), batch: hash().get('batch')};
    page.getElementById('theme').click();
    await ready();
    const theme = [hash().get('theme'), page.documentElement.dataset.theme];
    const header = () => page.querySelector('[data-name="gflops"]');
    header().click();
    const once = header().parentNode.getAttribute('aria-sort');
    header().click();
    const twice = header().parentNode.getAttribute('aria-sort');
    const sort = [hash().get('sort'), hash().get('desc')];
    const focus = page.activeElement === header();
    const find = page.getElementById('find');
    find.value = 'workers=4 status=capped';
    find.dispatchEvent(new view.Event('input'));
    const found = page.querySelector('.count').textContent;
    const tick = [...page.querySelectorAll('.columns label')]
      .find((label) => label.textContent.trim() === 'seed')
      .querySelector('input');
    tick.click();
    return {picked, clicked, theme, once, twice, sort, focus, found,
            find: hash().get('find'),
            seed: count('[data-name="seed"]'),
            columns: hash().get('columns')};)");
  EXPECT_EQ(shown.at("picked").at("n"), "768");
  EXPECT_EQ(shown.at("picked").at("focus"), "pick-n");
  EXPECT_EQ(shown.at("picked").at("phases"), "n=768 batch=8");
  EXPECT_EQ(shown.at("clicked").at("n"), "64");
  EXPECT_EQ(shown.at("clicked").at("batch"), "32");
  EXPECT_EQ(shown.at("theme"), JsonArray({"dark", "dark"}));
  EXPECT_EQ(shown.at("once"), "ascending");
  EXPECT_EQ(shown.at("twice"), "descending");
  EXPECT_EQ(shown.at("sort"), JsonArray({"gflops", "1"}));
  EXPECT_EQ(shown.at("focus"), true);
  EXPECT_EQ(shown.at("find"), "workers=4 status=capped");
  EXPECT_EQ(shown.at("found"), "0 of 264 rows");
  EXPECT_EQ(shown.at("seed"), 1);
  EXPECT_THAT(shown.at("columns").as_string().c_str(), HasSubstr("seed"));
}

TEST_F(PageStateTest, UnknownStateIsIgnored) {
  const Json shown = browser_.Probe(
      TestPage(kExample).file(),
      "operation=%3Cb%3E&n=x&batch=-1&theme=pink&sort=nothing&columns=,&"
      "find=%25&other=1",
      kDesktop, R"(
    return {n: page.getElementById('pick-n').value,
            theme: page.documentElement.dataset.theme,
            cells: count('.cells_marks path'),
            columns: count('table.rows th')};)");
  EXPECT_EQ(shown.at("n"), "64");
  EXPECT_EQ(shown.at("theme"), "light");
  EXPECT_EQ(shown.at("cells"), 36);
  EXPECT_GT(shown.at("columns").as_int64(), 5);
}

TEST_F(PageStateTest, ChoosesAmongOperationsAndKernels) {
  std::vector<Row> rows;
  for (Row row : ReadCsv(kExample)) {
    if (row.family != Family::kHybrid || row.n == 768) continue;
    rows.push_back(row);
    row.kernels_asked = "library";
    if (row.n == 64) rows.push_back(row);
    row.operation = "none";
    row.gflops = row.peak_fraction = {};
    rows.push_back(row);
  }
  const Json shown = browser_.Probe(TestPage(rows).file(), "", kDesktop, R"(
    const options = (name) => [...page.getElementById(`pick-${name}`).options]
      .map((option) => option.value);
    const choose = async (name, value) => {
      const pick = page.getElementById(`pick-${name}`);
      pick.value = value;
      pick.dispatchEvent(new view.Event('change'));
      await ready();
      return {n: options('n'), kernels: options('kernels'),
              axis: page.querySelector('#throughput').textContent};
    };
    return {operations: options('operation'), first: options('kernels'),
            hosts: count('#pick-host'),
            library: await choose('kernels', 'library'),
            none: await choose('operation', 'none')};)");
  EXPECT_EQ(shown.at("operations"), JsonArray({"gemm", "none"}));
  EXPECT_EQ(shown.at("first"), JsonArray({"best", "library"}));
  EXPECT_EQ(shown.at("hosts"), 0);
  EXPECT_EQ(shown.at("library").at("n"), JsonArray({"64"}));
  EXPECT_EQ(shown.at("none").at("n"), JsonArray({"64", "256"}));
  EXPECT_THAT(shown.at("none").at("axis").as_string().c_str(),
              HasSubstr("tasks/s"));
}

TEST_F(PageStateTest, ABadSpecificationCostsOnlyItsChart) {
  const TestPage page(kExample);
  std::string html = ReadFile(page.file());
  for (const auto& [text, other] :
       {std::pair<std::string, std::string>("id=\"spec-throughput\"",
                                            "id=\"spec-unknown\""),
        {"\"type\":\"bar\"", "\"type\":\"nonsense\""}}) {
    const std::size_t place = html.find(text);
    ASSERT_NE(place, std::string::npos) << text;
    html.replace(place, text.size(), other);
  }
  WriteFile(page.file(), html);
  const Json shown = browser_.Probe(page.file(), "", kDesktop, R"(
    return {cells: count('.cells_marks path'),
            phases: page.getElementById('chart-phases').innerText,
            throughput: page.getElementById('chart-throughput').innerText};)");
  EXPECT_EQ(shown.at("cells"), 36);
  EXPECT_THAT(shown.at("phases").as_string().c_str(),
              HasSubstr("specs/phases.json can't be drawn"));
  EXPECT_THAT(shown.at("throughput").as_string().c_str(),
              HasSubstr("no specs/throughput.json"));
}

TEST_F(PageStateTest, ShowsRunsOneAfterTheOther) {
  // Five runs; from the third on everything takes a third more time.
  std::vector<Row> rows;
  for (int run = 0; run < 5; ++run) {
    for (Row row : ReadCsv(kExample)) {
      if (row.family != Family::kHybrid || row.n != 256 || row.batch != 8)
        continue;
      row.run_id = "run " + std::to_string(run);
      row.git_commit = "commit" + std::to_string(run);
      row.time_utc = "2026-11-1" + std::to_string(run) + "T08:00:00Z";
      if (run > 1 && row.wall_s) row.wall_s = 1.3 * *row.wall_s;
      rows.push_back(row);
    }
  }
  const TestPage page(rows);
  Json data = page.Data();
  std::size_t points = 0;
  JsonArray& all = data.at("history").as_array();
  for (Json& series : all) {
    points += series.at("points").as_array().size();
    series.at("steps") = JsonArray();
  }
  // Steps in place of those that were found, of a commit that looks like
  // markup.
  const auto step = [](int run, const char* label, const char* commit) {
    return Json{{"run", run},          {"label", label},
                {"configuration", ""}, {"change_text", "1.30× the time"},
                {"time_text", ""},     {"commit", commit},
                {"commit_before", ""}, {"p_text", "0.0012"}};
  };
  all.at(0).at("steps").as_array().push_back(
      step(2, "+30 % <b>2</b>", "<b>2</b>"));
  all.at(1).at("steps").as_array().push_back(step(3, "−20 % c3", "c3"));
  page.SetData(data);
  ASSERT_GT(points, 0U);
  const Json shown = browser_.Probe(page.file(), "", kDesktop, R"(
    return {points: count('#history .medians_marks path'),
            steps: count('#history .steps_marks line'),
            texts: [...page.querySelectorAll('.step_texts_marks text')]
              .map((text) => text.textContent),
            table: page.querySelector('table.steps tbody').innerText,
            rows: count('table.steps tbody tr')};)");
  EXPECT_EQ(shown.at("points"), points);
  EXPECT_EQ(shown.at("steps"), 2);
  EXPECT_THAT(shown.at("texts").as_array(),
              UnorderedElementsAre("+30 % <b>2</b>", "−20 % c3"));
  EXPECT_EQ(shown.at("rows"), 2);
  EXPECT_THAT(shown.at("table").as_string().c_str(), HasSubstr("<b>2</b>"));
  EXPECT_THAT(shown.at("table").as_string().c_str(),
              HasSubstr("1.30× the time"));
}

}  // namespace
}  // namespace hybrid
