#include "statistics/paired_verdict.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "statistics/sign_flip.h"

namespace hybrid {
namespace {

constexpr double kMostTimesMore = 100;

std::vector<double> Negated(std::span<const double> values) {
  std::vector<double> negated;
  negated.reserve(values.size());
  for (const double value : values) negated.push_back(-value);
  return negated;
}

}  // namespace

double Looks::margin() const { return std::log1p(threshold) / 4; }

std::size_t Looks::FewestRounds(std::size_t tests) const {
  const double least =
      alpha_of_one() / static_cast<double>(std::max<std::size_t>(tests, 1));
  std::size_t rounds = 1;
  while (2 * SmallestChanceAbove(rounds) > least) ++rounds;
  return rounds;
}

bool Looks::IsLook(std::size_t rounds, std::size_t tests) const {
  const std::size_t fewest = FewestRounds(tests);
  if (rounds >= most_rounds) return true;
  if (rounds < fewest) return false;
  const std::size_t step = std::max<std::size_t>(
      1, (most_rounds - fewest + kMost - 2) / (kMost - 1));
  return (rounds - fewest) % step == 0;
}

std::optional<PairedEvidence> WeighPairs(std::span<const double> log_ratios,
                                         const Looks& looks) {
  const auto differs = ChanceAbove(log_ratios, looks.margin());
  if (log_ratios.empty() || !differs) return std::nullopt;
  const std::vector<double> negated = Negated(log_ratios);
  const double beyond = std::log1p(looks.threshold);
  PairedEvidence evidence{.center = *CenterOf(log_ratios),
                          .pairs = log_ratios.size()};
  evidence.p_differs = std::min(
      1.0, 2 * std::min(*differs, *ChanceAbove(negated, looks.margin())));
  evidence.p_same = std::max(*ChanceAbove(log_ratios, -beyond),
                             *ChanceAbove(negated, -beyond));
  return evidence;
}

std::optional<std::size_t> MoreRounds(const PairedEvidence& evidence,
                                      const Interval& interval,
                                      const Looks& looks, std::size_t tests) {
  const double center = std::abs(evidence.center);
  const double half = (interval.high - interval.low) / 2;
  // How near the interval may come to what it has to exclude.
  const double room =
      std::max(center - looks.margin(), std::log1p(looks.threshold) - center);
  const auto pairs =
      static_cast<double>(std::max<std::size_t>(1, evidence.pairs));
  const double times = half / room * (half / room);
  if (!(times <= kMostTimesMore)) return std::nullopt;
  const double needed = std::max(
      std::ceil(pairs * times), static_cast<double>(looks.FewestRounds(tests)));
  return static_cast<std::size_t>(std::max(1.0, needed - pairs));
}

}  // namespace hybrid
