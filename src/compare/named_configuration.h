#ifndef HYBRID_COMPARE_NAMED_CONFIGURATION_H_
#define HYBRID_COMPARE_NAMED_CONFIGURATION_H_

#include <string>

#include "compare/comparison.h"

namespace hybrid {

/// The one configuration of `comparison` that --why=`asked` is about: its full
/// or short name, or a regular expression, as --filter takes one, that is found
/// in the names of no other. Throws std::runtime_error, in one line that names
/// some, unless it is exactly one.
const ComparedConfiguration& NamedConfiguration(const Comparison& comparison,
                                                const std::string& asked);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_NAMED_CONFIGURATION_H_
