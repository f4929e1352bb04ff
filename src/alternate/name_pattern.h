#ifndef HYBRID_ALTERNATE_NAME_PATTERN_H_
#define HYBRID_ALTERNATE_NAME_PATTERN_H_

#include <string>
#include <vector>

namespace hybrid {

/// A regular expression (POSIX extended and ECMAScript alike) that finds these
/// names of benchmarks and no others. What they have in common up to a slash
/// stands in it once, since a filter's length is limited.
std::string NamePattern(const std::vector<std::string>& names);

}  // namespace hybrid

#endif  // HYBRID_ALTERNATE_NAME_PATTERN_H_
