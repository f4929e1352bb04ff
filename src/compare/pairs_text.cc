#include "compare/pairs_text.h"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/format_units.h"
#include "base/text.h"
#include "compare/output_parts.h"
#include "compare/pairs.h"
#include "statistics/paired_verdict.h"

namespace hybrid {
namespace {

std::string SignedDistance(double logarithm) {
  return fmt::format("{:+.1f} %", 100 * std::expm1(logarithm));
}

/// "3: 708 µs -> 674 µs, -4.8 %".
std::string PairText(const Pair& pair) {
  return fmt::format("{}: {} -> {}, {}{}", pair.round,
                     FormatSeconds(pair.baseline_s), FormatSeconds(pair.now_s),
                     SignedDistance(pair.log_ratio()),
                     pair.disturbance.empty()
                         ? ""
                         : fmt::format(" (left out: {})", pair.disturbance));
}

/// How the pairs scatter, and what more of them give.
std::string ScatterText(const Why& why, const WeighedPairs& paired) {
  if (!why.pair_deviation) return "not known of one pair";
  std::string text =
      fmt::format("{} from pair to pair", DistanceText(*why.pair_deviation));
  if (!why.compared.is_open) return text;
  const auto& more = paired.more_rounds;
  return text + (more ? fmt::format("; an estimated {} more would tell",
                                    Counted(*more, "round"))
                      : "; too much for any number of rounds to tell");
}

}  // namespace

std::string PairsText(const Why& why) {
  const ComparedConfiguration& c = why.compared;
  const WeighedPairs& paired = *c.paired;
  const Looks& looks = paired.looks;
  std::vector<std::string> pairs;
  pairs.reserve(paired.pairs.size());
  for (const Pair& pair : paired.pairs) pairs.push_back(PairText(pair));
  std::string text = FormatItems("pairs", pairs);
  text += FormatLine(
      "ratio",
      fmt::format("{}, the center of {} of the {} batches (Hodges-Lehmann), "
                  "with its 95 % interval; {} to {} at a look's alpha",
                  ChangeRatioText(c), Counted(paired.evidence.pairs, "pair"),
                  Name(paired.time), SignedDistance(paired.look_interval.low),
                  SignedDistance(paired.look_interval.high)));
  text += FormatLine(
      "p", fmt::format("{} of no more than the margin of {} by flips of signs, "
                       "{} adjusted for {} (Benjamini-Hochberg); {} of a "
                       "difference beyond the threshold",
                       ProbabilityText(c.p_value), DistanceText(looks.margin()),
                       ProbabilityText(c.adjusted_p),
                       Counted(why.jury.tests, "test"),
                       ProbabilityText(paired.evidence.p_same)));
  text += FormatLine(
      "looks", fmt::format("at most {} in {}, each at alpha {} of {}; {} are "
                           "the fewest that can tell one difference",
                           Looks::kMost, Counted(looks.most_rounds, "round"),
                           FormatPercent(looks.alpha_of_one()),
                           FormatPercent(looks.alpha), why.jury.needed));
  text += FormatLine("variance", ScatterText(why, paired));
  return text;
}

}  // namespace hybrid
