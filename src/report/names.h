#ifndef HYBRID_REPORT_NAMES_H_
#define HYBRID_REPORT_NAMES_H_

#include <string_view>

#include "analysis/finding.h"
#include "analysis/gain.h"
#include "analysis/split_result.h"

namespace hybrid {

/// What the page's data calls these values.
std::string_view NameOf(Verdict verdict);
std::string_view NameOf(Cause cause);
std::string_view NameOf(Gain::Kind kind);

}  // namespace hybrid

#endif  // HYBRID_REPORT_NAMES_H_
