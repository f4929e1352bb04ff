#include "prediction/left_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>
#include <map>

#include "analysis/format_units.h"
#include "base/text.h"
#include "prediction/measured_times.h"
#include "prediction/predict.h"

namespace hybrid {
namespace {

/// Up to this, a split that is not the best is nearly as good.
constexpr double kClose = 0.03;

/// What is left out with a size.
struct LeftOutWith {
  std::optional<std::uint64_t> n;
  std::optional<std::uint64_t> batch;
  auto operator<=>(const LeftOutWith&) const = default;
};

/// The times of all others.
MeasuredTimes TimesWithout(const Grid& grid, const LeftOutWith& left_out) {
  std::vector<const Answer*> rest;
  for (const Answer* const answer : grid.way.answers) {
    if (answer->key.n != left_out.n && answer->key.batch != left_out.batch) {
      rest.push_back(answer);
    }
  }
  return TimesOf(rest);
}

/// Judges `pick`, which the others predicted for the group of `answer`.
void AddJudgement(const Answer& answer, const PredictedTime& pick,
                  LeftOut& left_out) {
  ++left_out.sizes;
  left_out.widest = std::max(
      left_out.widest, static_cast<double>(pick.n.high) /
                           std::max(static_cast<double>(pick.n.low), 1.0));
  const SplitResult* const split = answer.Find(pick.split);
  if (split != nullptr && split->median_s) {
    left_out.errors.push_back(std::abs(pick.seconds / *split->median_s - 1));
  }
  if (split != nullptr &&
      (split->verdict == Verdict::kBest || split->verdict == Verdict::kTie)) {
    ++left_out.right;
    return;
  }
  const double loss = split != nullptr && CanBeRanked(*split)
                          ? Slowness(*split) - 1
                          : std::numeric_limits<double>::infinity();
  if (loss <= kClose) ++left_out.close;
  left_out.worst = std::max(left_out.worst, loss);
}

}  // namespace

LeftOut TryLeftOut(const Grid& grid, const LeaveOut& what) {
  LeftOut left_out;
  if (!what.n && !what.batch) return left_out;
  // Many sizes have the same others.
  std::map<LeftOutWith, MeasuredTimes> others;
  for (const Answer* const answer : grid.way.answers) {
    if (!IsDecided(*answer)) continue;
    const TaskSize size{answer->key.n, answer->key.batch};
    LeftOutWith without;
    if (what.n) without.n = size.n;
    if (what.batch) without.batch = size.batch;
    const auto [place, is_new] = others.try_emplace(without);
    if (is_new) place->second = TimesWithout(grid, without);
    const auto prediction = Predict(place->second, size);
    if (prediction) AddJudgement(*answer, prediction->pick(), left_out);
  }
  return left_out;
}

std::string LeftOutText(const LeftOut& left_out) {
  if (left_out.sizes == 0) {
    return "none could be predicted from the others";
  }
  std::string text = fmt::format("{} of {} right", left_out.right,
                                 Counted(left_out.sizes, "size"));
  if (left_out.close > 0) {
    text += fmt::format(", {} within 3 %", left_out.close);
  }
  const std::size_t wrong = left_out.sizes - left_out.right - left_out.close;
  if (wrong > 0) {
    text += fmt::format(", {} wrong", wrong);
    if (std::isfinite(left_out.worst)) {
      text += fmt::format(" by up to {}", FormatPercent(left_out.worst));
    }
  }
  return text;
}

}  // namespace hybrid
