#ifndef HYBRID_COMPARE_COMPARE_CSV_H_
#define HYBRID_COMPARE_COMPARE_CSV_H_

#include <string>

#include "compare/comparison.h"

namespace hybrid {

/// A header, then one record per configuration; times in seconds.
std::string CompareCsv(const Comparison& comparison);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_COMPARE_CSV_H_
