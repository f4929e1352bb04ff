#ifndef HYBRID_COMPARE_AXES_H_
#define HYBRID_COMPARE_AXES_H_

#include <span>
#include <string>

#include "key/key.h"

namespace hybrid {

/// Why two sides have no key in common, in one line: the parameters of which
/// they share no value, "n is 64, 256 in the baseline and 128 in the new
/// results"; or, if they share a value of each, that these are combined
/// otherwise.
std::string DifferingAxesText(std::span<const Key> baseline,
                              std::span<const Key> now);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_AXES_H_
