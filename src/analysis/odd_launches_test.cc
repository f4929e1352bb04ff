#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/answer_json.h"
#include "analysis/answer_text.h"
#include "analysis/screen_text.h"
#include "analysis/test_launches.h"

namespace hybrid {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

/// Rows that no bench writes, but a file may hold.
class OddLaunches {
 public:
  explicit OddLaunches(std::uint64_t seed) : random_(seed) {}

  std::vector<Row> Rows() {
    TestLaunches test;
    const std::size_t count = 1 + Below(40);
    const bool is_grid = Below(2) == 0;
    for (std::size_t i = 0; i < count; ++i) {
      const Split split = Pick(TestLaunches::NineSplits());
      const std::uint64_t round = Below(5);
      const auto any = static_cast<Stage>(Below(4));
      const Stage stage = is_grid ? Stage::kGrid : any;
      Row& row = Below(4) == 0 ? test.Cut(split, stage, round, Time())
                               : test.Launched(split, stage, round, Time());
      if (Below(6) == 0) row.status = static_cast<Status>(Below(4));
      Spoil(row);
    }
    return test.rows;
  }

 private:
  std::size_t Below(std::size_t limit) { return random_() % limit; }
  double Time() { return 0.01 * static_cast<double>(1 + Below(300)); }
  template <typename Value>
  Value Pick(const std::vector<Value>& values) {
    return values[Below(values.size())];
  }

  void Spoil(Row& row) {
    const auto spoil = [this](std::optional<double>& value) {
      if (Below(12) == 0) {
        value =
            Pick<std::optional<double>>({std::nullopt, kNoNumber, -1.0, 0.0});
      }
    };
    for (const auto column :
         {&Row::wall_s, &Row::batch_median_s, &Row::cap_s, &Row::bound_s,
          &Row::tasks_per_s, &Row::start_s, &Row::load_s, &Row::operate_s}) {
      spoil(row.*column);
    }
    if (Below(10) == 0) row.bound_s = Time();
    if (Below(10) == 0) row.load_s = row.operate_s = Time();
    if (Below(10) == 0) row.tasks_done = Below(3);
    if (Below(30) == 0) row.speed_fraction = 0.5;
    if (Below(30) == 0) row.attempt = 1;
    if (Below(60) == 0) row.run_id = "other";
    if (Below(60) == 0) row.usable_cpus = 0;
    if (Below(20) == 0) row.flags = "--budget=9s";
  }

  std::mt19937_64 random_;
};

TEST(OddLaunchesTest, EveryMixtureOfRowsHasAnAnswer) {
  std::size_t launched = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const std::vector<Row> rows = OddLaunches(seed).Rows();
    const std::vector<Answer> answers = FindAnswers(rows);
    EXPECT_FALSE(AnswerText(answers).empty());
    EXPECT_FALSE(ScreenText(answers, {}).empty());
    EXPECT_FALSE(AnswerJson(answers).empty());
    for (const Answer& answer : answers) {
      launched += answer.launched.has_value();
      for (const SplitResult& split : answer.splits) {
        // What was not run has no figure that looks measured.
        const bool has_figures =
            split.median_s || split.slowdown || split.tasks_per_s;
        EXPECT_FALSE(split.verdict == Verdict::kNotRun && has_figures)
            << "seed " << seed;
        EXPECT_TRUE(split.verdict != Verdict::kTie || split.median_s)
            << "seed " << seed;
      }
    }
  }
  EXPECT_GT(launched, 50U);
}

}  // namespace
}  // namespace hybrid
