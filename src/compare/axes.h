#ifndef HYBRID_COMPARE_AXES_H_
#define HYBRID_COMPARE_AXES_H_

#include <span>
#include <string>

#include "key/key.h"

namespace hybrid {

/// The parameters of which the sides have no value in common: "n is 64, 256 in
/// the baseline and 128 in the new results"; or, if each alone has one, that
/// they are combined otherwise.
std::string DifferingAxesText(std::span<const Key> baseline,
                              std::span<const Key> now);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_AXES_H_
