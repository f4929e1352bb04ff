#ifndef HYBRID_PREDICTION_POLICY_TEXT_H_
#define HYBRID_PREDICTION_POLICY_TEXT_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/enum_names.h"
#include "prediction/policy.h"

namespace hybrid {

/// The languages in which a policy can be written.
enum class PolicyLanguage : std::uint32_t { kJson, kC, kPython };
template <>
inline constexpr std::array<std::string_view, 3> kNames<PolicyLanguage>{
    "json", "c", "python"};

/// `policy` as JSON, with all points, or as a function `hybrid_split(n, batch)`
/// of C99 or Python 3 that needs nothing else. What is outside of the policy it
/// answers with 0 workers × 0 BLAS threads in C, with None in Python. Whatever
/// the result file says, these are that function and comments.
std::string PolicyText(const Policy& policy, PolicyLanguage language);

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_POLICY_TEXT_H_
