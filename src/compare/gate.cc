#include "compare/gate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/text.h"
#include "compare/output_parts.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

bool LacksData(const ComparedConfiguration& c) {
  return c.lacks_repetitions || c.lacks_runs;
}

/// What is missing to decide; empty if nothing is.
std::string LackText(const Comparison& comparison) {
  std::vector<std::string> lacks;
  const std::size_t missing = comparison.Count(Change::kOnlyInBaseline);
  if (missing > 0) {
    lacks.push_back(fmt::format("{} of the baseline missing in the new results",
                                ConfigurationsText(missing)));
  }
  const auto& all = comparison.configurations;
  const auto first = std::find_if(all.begin(), all.end(), LacksData);
  if (first != all.end()) {
    const auto count = std::count_if(first, all.end(), LacksData);
    lacks.push_back(
        fmt::format("{} can't be told, such as {}: {}",
                    ConfigurationsText(static_cast<std::size_t>(count)),
                    KeyText(first->key, KeyStyle::kShort), first->reason));
  }
  return fmt::format("{}", fmt::join(lacks, "; "));
}

}  // namespace

Gate MakeGate(GateVerdict verdict, const std::string& why) {
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

Gate FindGate(const Comparison& comparison, bool anyway) {
  if (comparison.refused() && !anyway) {
    return MakeGate(GateVerdict::kUndecided, RefusalText(comparison));
  }
  if (comparison.in_common() == 0) {
    return MakeGate(GateVerdict::kUndecided, NothingInCommonText(comparison));
  }
  if (comparison.regressions() > 0) {
    return MakeGate(GateVerdict::kFailed, FailureText(comparison));
  }
  const std::string lack = LackText(comparison);
  if (!lack.empty()) return MakeGate(GateVerdict::kUndecided, lack);
  if (comparison.decided() == 0) {
    const ComparedConfiguration& first = *std::find_if(
        comparison.configurations.begin(), comparison.configurations.end(),
        [](const auto& c) { return c.change == Change::kCannotTell; });
    return MakeGate(
        GateVerdict::kUndecided,
        fmt::format("nothing can be told of {}, such as {}: {}",
                    ConfigurationsText(comparison.in_common()),
                    KeyText(first.key, KeyStyle::kShort), first.reason));
  }
  return MakeGate(GateVerdict::kPassed,
                  fmt::format("no regression in {} ({})",
                              DecidedText(comparison), CountsText(comparison)));
}

}  // namespace hybrid
