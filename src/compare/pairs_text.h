#ifndef HYBRID_COMPARE_PAIRS_TEXT_H_
#define HYBRID_COMPARE_PAIRS_TEXT_H_

#include <string>

#include "compare/why.h"

namespace hybrid {

/// What the pairs of a configuration that was measured in turn say: each pair,
/// where they center, how sure that is, and how they scatter.
std::string PairsText(const Why& why);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_PAIRS_TEXT_H_
