#ifndef HYBRID_TOOLS_COMPARE_OUTCOME_H_
#define HYBRID_TOOLS_COMPARE_OUTCOME_H_

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/standard_streams.h"
#include "compare/comparison.h"
#include "compare/gate.h"
#include "compare/output_parts.h"

namespace hybrid {

/// The exit status of hybrid-compare if something is slower or fails.
inline constexpr int kRegression = 1;
/// The exit status of hybrid-compare if nothing can be said.
inline constexpr int kNothingSaid = 2;

/// Why `comparison` means nothing, in one line; empty if it does mean
/// something. `anyway` takes what is refused for comparable.
inline std::string WhyNotComparable(const Comparison& comparison, bool anyway) {
  if (!comparison.has_common()) return NothingInCommonText(comparison);
  if (!comparison.refused() || anyway) return {};
  return RefusalText(comparison) + " (--anyway compares them all the same)";
}

/// The exit status that `gate` asks for.
inline int ExitStatus(const Gate& gate) {
  switch (gate.verdict) {
    case GateVerdict::kFailed:
      return kRegression;
    case GateVerdict::kUndecided:
      return kNothingSaid;
    case GateVerdict::kPassed:
      break;
  }
  return 0;
}

/// Whether the gate's line is no part of the output in `format` and so goes to
/// standard error: CSV has no place for it, and in JSON it is harder to grep.
inline bool GateStandsApart(std::string_view format) {
  return format == "csv" || format == "json";
}

/// Tells on standard error why a comparison means nothing, ends the output with
/// the line of the `gate` that was asked for, and returns the exit status.
inline int RefuseComparison(const std::string& why,
                            const std::optional<Gate>& gate,
                            std::string_view format) {
  PrintError(fmt::format("hybrid-compare: {}\n", why));
  if (gate) {
    const std::string line = gate->line + '\n';
    GateStandsApart(format) ? PrintError(line) : PrintOutput(line);
  }
  return kNothingSaid;
}

}  // namespace hybrid

#endif  // HYBRID_TOOLS_COMPARE_OUTCOME_H_
