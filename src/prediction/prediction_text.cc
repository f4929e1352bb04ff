#include "prediction/prediction_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/advice.h"
#include "analysis/format_units.h"
#include "analysis/group_text.h"
#include "base/text.h"
#include "key/key_text.h"
#include "prediction/left_out.h"
#include "prediction/measured_times.h"
#include "prediction/predict.h"
#include "prediction/prediction_error.h"
#include "prediction/verify_command.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

using Items = std::vector<std::string>;

/// "8, 32", or the first of many.
std::string NumbersText(const std::set<std::uint64_t>& numbers) {
  constexpr std::size_t kMost = 8;
  const std::vector<std::uint64_t> all(numbers.begin(), numbers.end());
  const auto shown = std::span(all).first(std::min(all.size(), kMost));
  return fmt::format("{}{}", fmt::join(shown, ", "),
                     all.size() > kMost ? ", …" : "");
}

/// What was measured of the axes.
struct MeasuredSizes {
  std::set<std::uint64_t> n;
  std::set<std::uint64_t> batch;
};

MeasuredSizes SizesOf(const Grid& grid) {
  MeasuredSizes sizes;
  for (const Answer* const answer : grid.way.answers) {
    sizes.n.insert(answer->key.n);
    sizes.batch.insert(answer->key.batch);
  }
  return sizes;
}

/// Throws if `size` has an n and the grid none, or the other way round.
void CheckHasN(const MeasuredSizes& measured, const TaskSize& size) {
  const bool has_n = *measured.n.rbegin() > 0;
  if (!has_n && size.n > 0) {
    throw PredictionError(
        fmt::format("these results tell no n, so that only another batch can "
                    "be predicted: --for=batch={}",
                    size.batch));
  }
  if (has_n && size.n == 0) {
    throw PredictionError(
        fmt::format("--for=batch={0}: these results have an n: "
                    "--for=n=NUMBER,batch={0}",
                    size.batch));
  }
}

/// Why nothing is predicted for `size`.
std::string WhyNotPredicted(const MeasuredSizes& measured, const TaskSize& size,
                            std::uint64_t cores) {
  if (measured.n.size() == 1 && !measured.n.contains(size.n)) {
    return fmt::format("no n but {} was measured", *measured.n.begin());
  }
  if (size.n < *measured.n.begin() || size.n > *measured.n.rbegin()) {
    return fmt::format("n={} lies outside what was measured, n={} to {}",
                       size.n, *measured.n.begin(), *measured.n.rbegin());
  }
  const bool is_told = std::any_of(
      measured.batch.begin(), measured.batch.end(), [&](std::uint64_t batch) {
        return BatchTellsOf(batch, size.batch, cores);
      });
  if (is_told) {
    return fmt::format(
        "no split completed on both sides of n={} with a batch "
        "that tells of batch={}",
        size.n, size.batch);
  }
  return fmt::format(
      "batch={} was not measured ({} were), and another tells "
      "of it only where both are at least {} (twice the cores)",
      size.batch, NumbersText(measured.batch), 2 * cores);
}

std::string TimeText(const PredictedTime& time, const TaskSize& size) {
  return fmt::format("{}  {}{}", SplitText(time.split),
                     FormatSeconds(time.seconds),
                     time.IsOf(size) ? " (measured)" : "");
}

/// Which split to use where that is not the fastest; none elsewhere.
Items UseItems(const Prediction& prediction, std::uint64_t cores) {
  const Split& use = prediction.pick().split;
  const Split& fastest = prediction.times.front().split;
  if (use == fastest) return {};
  return {fmt::format(
      "{}, which ties with {} and {}", SplitText(use), SplitText(fastest),
      IsOverTheCores(fastest, cores) ? "is not oversubscribed"
                                     : "leaves none of its threads idle")};
}

/// Those that are predicted to tie with the fastest.
Items TieItems(const Prediction& prediction, const TaskSize& size) {
  Items items;
  for (const PredictedTime& tie : prediction.ties().subspan(1)) {
    items.push_back(fmt::format(
        "{} ({})", TimeText(tie, size),
        FormatSlowdown(tie.seconds / prediction.times.front().seconds)));
  }
  return items;
}

/// " at n=256 after 11.0 ms": where the split of a bound did not end.
std::string StopText(const PredictedTime& open, const MeasuredTimes& times) {
  const auto& of_n = times.splits.at(open.split).at(open.batch);
  for (const std::uint64_t n : {open.n.low, open.n.high}) {
    const MeasuredTime& time = of_n.at(n);
    if (!time.is_bound) continue;
    return fmt::format("{} after {}", n > 0 ? fmt::format(" at n={}", n) : "",
                       FormatSeconds(time.seconds));
  }
  return {};
}

Items OpenItems(const Prediction& prediction, const MeasuredTimes& times,
                const TaskSize& size) {
  Items items;
  for (const PredictedTime& open : prediction.open) {
    const std::string least = FormatSeconds(open.seconds);
    items.push_back(
        open.IsOf(size)
            ? fmt::format("{} takes more than {}: it was stopped (measured)",
                          SplitText(open.split), least)
            : fmt::format("{} takes more than a predicted {}: it was "
                          "stopped{}",
                          SplitText(open.split), least, StopText(open, times)));
  }
  return items;
}

Items UnknownItems(const Grid& grid, const Prediction& prediction) {
  if (prediction.unknown.empty()) return {};
  const bool left_out = std::any_of(
      prediction.unknown.begin(), prediction.unknown.end(),
      [&grid](const Split& split) { return grid.not_run.contains(split); });
  constexpr std::size_t kMost = 6;
  Items splits;
  for (const Split& split : prediction.unknown) {
    if (splits.size() == kMost) {
      splits.push_back(
          fmt::format("{} more", prediction.unknown.size() - kMost));
      break;
    }
    splits.push_back(SplitText(split));
  }
  return {
      fmt::format("{}: not measured on both sides{}", fmt::join(splits, ", "),
                  left_out ? ", as a search or a budget left out some" : "")};
}

/// "n=256 and n=768 with batch=32": what the pick was predicted from.
std::string FromText(const PredictedTime& pick, const TaskSize& size) {
  std::string text;
  if (size.n > 0) {
    text = pick.n.low == pick.n.high
               ? fmt::format("n={}", size.n)
               : fmt::format("n={} and n={}", pick.n.low, pick.n.high);
  }
  if (pick.batch != size.batch || text.empty()) {
    text += fmt::format("{}batch={}", text.empty() ? "" : " with ", pick.batch);
  }
  return text;
}

Items ErrorItems(const LeftOut& left_out) {
  Items items{"left out in turn: " + LeftOutText(left_out)};
  if (const std::optional<double> typical = Median(left_out.errors)) {
    const double most =
        *std::max_element(left_out.errors.begin(), left_out.errors.end());
    items.push_back(fmt::format(
        "times {}{}",
        left_out.errors.size() == 1
            ? fmt::format("off by {}", FormatPercent(most))
            : fmt::format("typically off by {}, at most by {}",
                          FormatPercent(*typical), FormatPercent(most)),
        left_out.widest > 1 ? fmt::format(", over gaps of up to {} in n",
                                          FormatRatio(left_out.widest))
                            : ""));
  }
  return items;
}

/// The splits to measure: all that may be the fastest.
std::vector<Split> Contenders(const Prediction& prediction) {
  std::vector<Split> splits;
  for (const PredictedTime& tie : prediction.ties()) {
    splits.push_back(tie.split);
  }
  for (const PredictedTime& open : prediction.open) {
    splits.push_back(open.split);
  }
  return splits;
}

std::string PredictedTitle(const Grid& grid, const TaskSize& size) {
  Key key = grid.key();
  key.n = size.n;
  key.batch = size.batch;
  return fmt::format("{}  {}  ({})\n", grid.way.operation, TasksText(key, "  "),
                     fmt::join(grid.way.conditions, ", "));
}

}  // namespace

std::string PredictionText(const Grid& grid, const TaskSize& size) {
  const Answer* const answer = grid.Find(size);
  if (answer != nullptr && IsDecided(*answer)) {
    return "Measured, not predicted:\n\n" +
           GroupText(*answer, grid.way.conditions);
  }
  const MeasuredSizes measured = SizesOf(grid);
  CheckHasN(measured, size);
  const MeasuredTimes times = TimesOf(grid.way.answers);
  const auto prediction = Predict(times, size);
  if (!prediction) {
    throw PredictionError(fmt::format(
        "{}; measure it: {}", WhyNotPredicted(measured, size, times.cores),
        VerifyCommand(grid, size)));
  }
  const PredictedTime& pick = prediction->pick();
  const LeaveOut bridged{.n = pick.n.low != pick.n.high,
                         .batch = pick.batch != size.batch};
  std::string text =
      "Predicted, not measured:\n\n" + PredictedTitle(grid, size);
  text += FormatItems("best", {TimeText(prediction->times.front(), size)});
  const auto add = [&text](std::string_view label, const Items& items) {
    if (!items.empty()) text += FormatItems(label, items);
  };
  add("use", UseItems(*prediction, times.cores));
  add("ties", TieItems(*prediction, size));
  add("open", OpenItems(*prediction, times, size));
  add("unknown", UnknownItems(grid, *prediction));
  add("from", {FromText(pick, size)});
  // That of a measurement, beside predicted ones, is not ours to tell.
  if (!pick.IsOf(size)) add("error", ErrorItems(TryLeftOut(grid, bridged)));
  return text + fmt::format("{}{}\n", FormatLabel("verify"),
                            VerifyCommand(grid, size, Contenders(*prediction)));
}

}  // namespace hybrid
