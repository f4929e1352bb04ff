#ifndef HYBRID_TOOLS_COMPARE_OUTCOME_H_
#define HYBRID_TOOLS_COMPARE_OUTCOME_H_

#include <string>

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
  if (comparison.in_common() == 0) return NothingInCommonText(comparison);
  if (!comparison.refused() || anyway) return {};
  return RefusalText(comparison) + " (--anyway compares them all the same)";
}

/// The exit status that a comparison which means something ends with;
/// `is_gate` says whether `gate` counts.
inline int ExitStatus(const Comparison& comparison, const Gate& gate,
                      bool is_gate) {
  if (comparison.regressions() > 0) return kRegression;
  const bool undecided = gate.verdict == GateVerdict::kUndecided;
  return is_gate && undecided ? kNothingSaid : 0;
}

}  // namespace hybrid

#endif  // HYBRID_TOOLS_COMPARE_OUTCOME_H_
