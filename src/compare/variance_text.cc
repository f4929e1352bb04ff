#include "compare/variance_text.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/format_units.h"
#include "compare/output_parts.h"
#include "statistics/variance_components.h"

namespace hybrid {
namespace {

std::string PluralOf(std::string_view noun) {
  return fmt::format("{}{}", noun, noun.ends_with("ch") ? "es" : "s");
}

/// "run 2.1 %, launch 5.4 %".
std::string PartsText(const VarianceComponents& parts, std::string_view noun) {
  if (parts.undivided) {
    return fmt::format("run and {} together {}", noun,
                       DistanceText(*parts.undivided));
  }
  if (!parts.within_runs) return "not known of one sample";
  return fmt::format(
      "run {}, {} {}",
      parts.between_runs ? DistanceText(*parts.between_runs) : "not known",
      noun, DistanceText(*parts.within_runs));
}

/// What follows of how far the ratio may be off.
std::string ErrorText(const Why& why, std::string_view noun) {
  const std::optional<double> now = ErrorOfRatio(why, 1, 1);
  const std::optional<double> more_runs = ErrorOfRatio(why, 2, 1);
  const std::optional<double> more_samples = ErrorOfRatio(why, 1, 2);
  if (now && more_runs && more_samples) {
    return fmt::format(
        "so that the ratio is off by ±{} (standard error); by ±{} with twice "
        "the runs, by ±{} with twice the {} in each",
        DistanceText(*now), DistanceText(*more_runs),
        DistanceText(*more_samples), PluralOf(noun));
  }
  if (why.variance.undivided) {
    return fmt::format("with one {} a run the two can't be told apart", noun);
  }
  return fmt::format(
      "with one run a side the run's part can't be told from these, and more "
      "{} narrow only the other{}",
      PluralOf(noun),
      why.jury.run_scatter ? "; all configurations together tell it (runs)"
                           : "");
}

}  // namespace

std::string_view SampleNoun(const ComparedConfiguration& compared) {
  return compared.baseline.of_launches && compared.now.of_launches
             ? "launch"
             : "repetition";
}

std::string SamplesText(std::string_view noun, std::size_t count) {
  return count == 1 ? fmt::format("1 {}", noun)
                    : fmt::format("{} {}", count, PluralOf(noun));
}

std::string VarianceText(const Why& why) {
  const std::string_view noun = SampleNoun(why.compared);
  return FormatItems("variance",
                     {fmt::format("baseline: {}",
                                  PartsText(why.baseline.variance, noun)),
                      fmt::format("new: {}", PartsText(why.now.variance, noun)),
                      fmt::format("both: {}", PartsText(why.variance, noun))}) +
         FormatLine("", ErrorText(why, noun));
}

}  // namespace hybrid
