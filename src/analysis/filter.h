#ifndef HYBRID_ANALYSIS_FILTER_H_
#define HYBRID_ANALYSIS_FILTER_H_

#include <string>
#include <vector>

#include "base/pattern.h"
#include "results/row.h"

namespace hybrid {

/// What --filter=`regex` (ECMAScript) looks for. Throws std::runtime_error for
/// what is no regular expression.
Pattern ParseFilter(const std::string& regex);

/// Leaves only rows of configurations of which the full or the short name (see
/// KeyStyle) contains what `regex` (ECMAScript) describes, and those that
/// measure noise. Throws std::runtime_error for what is no regular expression.
void FilterRows(const std::string& regex, std::vector<Row>& rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_FILTER_H_
