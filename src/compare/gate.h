#ifndef HYBRID_COMPARE_GATE_H_
#define HYBRID_COMPARE_GATE_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/enum_names.h"
#include "compare/comparison.h"

namespace hybrid {

/// What a CI job acts on: no regression, a regression, or nothing can be said.
enum class GateVerdict : std::uint32_t { kPassed, kFailed, kUndecided };
template <>
inline constexpr std::array<std::string_view, 3> kNames<GateVerdict>{
    "passed", "failed", "undecided"};

/// A comparison as a gate of a CI job.
struct Gate {
  GateVerdict verdict = GateVerdict::kPassed;
  /// One line that begins with "gate: passed: ", "gate: failed: " or
  /// "gate: undecided: ".
  std::string line;
};

/// Undecided if the comparison is refused (unless `anyway`) or the sides have
/// nothing in common. Else failed if anything is slower or fails now. Else
/// undecided if the new results lack configurations of the baseline, or either
/// side repetitions or runs enough to tell. What noise alone hides passes, and
/// is counted.
Gate FindGate(const Comparison& comparison, bool anyway = false);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_GATE_H_
