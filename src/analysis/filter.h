#ifndef HYBRID_ANALYSIS_FILTER_H_
#define HYBRID_ANALYSIS_FILTER_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/pattern.h"
#include "key/key.h"
#include "results/row.h"

namespace hybrid {

/// What --filter=`regex` (ECMAScript) looks for. Throws std::runtime_error for
/// what is no regular expression, which names the `flag`.
Pattern ParseFilter(const std::string& regex,
                    std::string_view flag = "--filter");

/// Whether the full or the short name of `key` (see KeyStyle) contains what
/// `pattern` describes.
bool IsNamedBy(const Pattern& pattern, const Key& key);

/// Leaves only rows of configurations of which the full or the short name (see
/// KeyStyle) contains what `regex` (ECMAScript) describes, and those that
/// measure noise. Throws std::runtime_error for what is no regular expression.
void FilterRows(const std::string& regex, std::vector<Row>& rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_FILTER_H_
