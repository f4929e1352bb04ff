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

/// The gate with this verdict, for the reason `why`.
Gate MakeGate(GateVerdict verdict, const std::string& why);

/// Why a gate fails whose comparison has regressed: "2 of 36 configurations are
/// slower, worst gemm n=256 batch=32 2×1 1.12× [1.10, 1.15]".
std::string FailureText(const Comparison& comparison);

/// Undecided if the comparison is refused (unless `anyway`) or the sides have
/// nothing in common. Else failed if anything is slower or fails now, a group's
/// best split included. Else undecided if the new results lack configurations
/// of the baseline, if either side lacks repetitions or runs enough to tell, or
/// if nothing can be told of any configuration; of what a side stopped or left
/// out, unless it is known what the best of its group takes. What noise alone
/// hides among others passes, and is counted.
Gate FindGate(const Comparison& comparison, bool anyway = false);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_GATE_H_
