#ifndef HYBRID_COMPARE_COMPARE_CSV_H_
#define HYBRID_COMPARE_COMPARE_CSV_H_

#include <string>

#include "compare/comparison.h"

namespace hybrid {

/// The comparison as CSV, quoted as RFC 4180 has it: a header, then one record
/// for each configuration in the comparison's order, and one without a split
/// for each group whose best split is compared; of what has names, `name`
/// stands in place of the key's columns; times in seconds, an empty field for
/// what is missing.
std::string CompareCsv(const Comparison& comparison);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_COMPARE_CSV_H_
