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
  kRefused,      ///< the comparison means nothing: machine, library, kernels
  kNote,         ///< may explain differences of times
  kInformation,  ///< such as another commit, which may be what is compared
};

template <>
inline constexpr std::array<std::string_view, 3> kNames<Weight>{
    "refused", "note", "information"};

/// Something that is not the same on both sides.
struct Difference {
  Weight weight = Weight::kInformation;
  std::string what;      ///< "BLAS version"
  std::string baseline;  ///< its values in the baseline, separated by ", "
  std::string now;       ///< its values in the new results, separated by ", "
  /// What DifferenceText says instead of the usual sentence; may be empty.
  std::string text;
};

/// The difference as a sentence: "BLAS version: 0.9.0 in the baseline, 1.0 in
/// the new results".
std::string DifferenceText(const Difference& difference);

/// What is not the same on both sides, the weightiest first. A column that one
/// side lacks altogether makes no difference, save for the machine.
std::vector<Difference> FindDifferences(const Identity& baseline,
                                        const Identity& now);

/// Adds to `found` that both sides know values of `what`, and not the same
/// ones; one that is refused also where the sides mix the same several.
void AddIfDifferent(Weight weight, const std::string& what,
                    const Values& baseline, const Values& now,
                    std::vector<Difference>& found);

/// Puts the weightiest first, and leaves the order of those that weigh the
/// same.
void SortByWeight(std::vector<Difference>& differences);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_DIFFERENCES_H_
