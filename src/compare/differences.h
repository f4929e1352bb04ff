#ifndef HYBRID_COMPARE_DIFFERENCES_H_
#define HYBRID_COMPARE_DIFFERENCES_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "compare/identity.h"

namespace hybrid {

/// How much a difference between the sides weighs.
enum class Weight : std::uint32_t {
  kRefused,      ///< the comparison means nothing: machine, BLIS, kernels
  kNote,         ///< may explain differences of times
  kInformation,  ///< such as another commit, which may be what is compared
};

template <>
inline constexpr std::array<std::string_view, 3> kNames<Weight>{
    "refused", "note", "information"};

/// Something that is not the same on both sides.
struct Difference {
  Weight weight = Weight::kInformation;
  std::string what;      ///< "BLIS version"
  std::string baseline;  ///< what it is there, several separated by ", "
  std::string now;
  /// A sentence of its own instead; may be empty.
  std::string text;
};
/// "BLIS version: 0.9.0 in the baseline, 1.0 in the new results".
std::string DifferenceText(const Difference& difference);

/// What is not the same on both sides, the weightiest first. A column that one
/// side lacks altogether makes no difference, save for the machine.
std::vector<Difference> FindDifferences(const Identity& baseline,
                                        const Identity& now);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_DIFFERENCES_H_
