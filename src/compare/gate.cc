#include "compare/gate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "compare/output_parts.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

Gate Make(GateVerdict verdict, const std::string& why) {
  return {verdict, fmt::format("gate: {}: {}", Name(verdict), OneLine(why))};
}

std::string FailureText(const Comparison& comparison) {
  const std::size_t failed = comparison.Count(Change::kFailed);
  const std::size_t slower = comparison.Count(Change::kSlower);
  std::vector<std::string> counts;
  if (slower > 0) {
    counts.push_back(fmt::format("{} of {} {} slower", slower,
                                 ConfigurationsText(comparison.in_common()),
                                 slower == 1 ? "is" : "are"));
  }
  if (failed > 0) {
    counts.push_back(
        slower > 0 ? fmt::format("{} failed", failed)
                   : fmt::format("{} of {} failed", failed,
                                 ConfigurationsText(comparison.in_common())));
  }
  const ComparedConfiguration& worst = comparison.configurations.front();
  return fmt::format("{}, worst {} {}", fmt::join(counts, " and "),
                     KeyText(worst.key, KeyStyle::kShort),
                     worst.change == Change::kFailed ? "failed: " + worst.reason
                                                     : ChangeRatioText(worst));
}

std::string LackText(const Comparison& comparison) {
  std::vector<std::string> lacks;
  const std::size_t missing = comparison.Count(Change::kOnlyInBaseline);
  if (missing > 0) {
    lacks.push_back(fmt::format("{} of the baseline missing in the new results",
                                ConfigurationsText(missing)));
  }
  const auto few = std::count_if(
      comparison.configurations.begin(), comparison.configurations.end(),
      [](const auto& c) { return c.lacks_repetitions || c.lacks_runs; });
  if (few > 0) {
    const auto first = std::find_if(
        comparison.configurations.begin(), comparison.configurations.end(),
        [](const auto& c) { return c.lacks_repetitions || c.lacks_runs; });
    lacks.push_back(
        fmt::format("{} can't be told, such as {}: {}",
                    ConfigurationsText(static_cast<std::size_t>(few)),
                    KeyText(first->key, KeyStyle::kShort), first->reason));
  }
  return fmt::format("{}", fmt::join(lacks, "; "));
}

}  // namespace

Gate FindGate(const Comparison& comparison, bool anyway) {
  if (comparison.refused() && !anyway) {
    return Make(GateVerdict::kUndecided, RefusalText(comparison));
  }
  if (comparison.in_common() == 0) {
    return Make(GateVerdict::kUndecided, NothingInCommonText(comparison));
  }
  if (comparison.regressions() > 0) {
    return Make(GateVerdict::kFailed, FailureText(comparison));
  }
  const std::string lack = LackText(comparison);
  if (!lack.empty()) return Make(GateVerdict::kUndecided, lack);
  return Make(GateVerdict::kPassed,
              fmt::format("no regression in {} ({})",
                          ConfigurationsText(comparison.in_common()),
                          CountsText(comparison)));
}

}  // namespace hybrid
