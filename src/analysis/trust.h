#ifndef HYBRID_ANALYSIS_TRUST_H_
#define HYBRID_ANALYSIS_TRUST_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "analysis/answer.h"
#include "base/enum_names.h"

namespace hybrid {

/// How far an answer can be relied on.
enum class Trust : std::uint32_t {
  kNone,  ///< not at all: nothing is to be recommended
  kFair,  ///< small differences may be noise
  kGood,
};
template <>
inline constexpr std::array<std::string_view, 3> kNames<Trust>{"none", "fair",
                                                               "good"};

/// A noise floor above this share is much: a split may be that much slower than
/// the best without anybody noticing.
inline constexpr double kMuchNoise = 0.05;
/// More disturbed configurations, or groups whose best is not known, than this
/// share, and those that were not seem so by luck.
inline constexpr double kManyDisturbed = 1.0 / 3;

/// How far answers can be relied on, and why, in one sentence without a full
/// stop.
struct TrustVerdict {
  Trust trust = Trust::kNone;
  std::string reason;
};

/// The trust that `answers` deserve together, of several libraries those with
/// the best: what else is disturbed changes nothing. None where more than a
/// third of the configurations were disturbed, or of the groups are doubted:
/// their best split is not known, since it, or one that may be faster, was
/// never measured undisturbed. Fair where fewer groups are, where launches
/// leave a chance of more than 5 % that a faster split was missed, or splits
/// were not run for lack of time, where no chance is known and the noise floor
/// is above 5 %, where that was not measured, or where splits ran too seldom to
/// be told apart. The reason also says what chance is left, and where nobody
/// verified the results; what is wrong may be as fast as it likes.
TrustVerdict JudgeTrust(std::span<const Answer> answers);

/// "nobody verified the results", and how somebody would; empty where somebody
/// did, or the rows do not tell.
std::string UnverifiedText(const Answer& answer);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_TRUST_H_
