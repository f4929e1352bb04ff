#ifndef HYBRID_ANALYSIS_FILTER_H_
#define HYBRID_ANALYSIS_FILTER_H_

#include <string>
#include <vector>

#include "results/row.h"

namespace hybrid {

/// Leaves only rows of configurations of which the full or the short name (see
/// KeyStyle) contains what `regex` (ECMAScript) describes, and those that
/// measure noise. Throws std::runtime_error for what is no regular expression.
void FilterRows(const std::string& regex, std::vector<Row>& rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_FILTER_H_
