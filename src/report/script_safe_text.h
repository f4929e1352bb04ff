#ifndef HYBRID_REPORT_SCRIPT_SAFE_TEXT_H_
#define HYBRID_REPORT_SCRIPT_SAFE_TEXT_H_

#include <string>

#include "base/json_fwd.h"

namespace hybrid {

/// `value` as text that may stand in an HTML page's script element: `<` is
/// written as an escape, U+2028 and U+2029 too, and what is not UTF-8 is
/// replaced by U+FFFD.
std::string ScriptSafeText(const Json& value);

}  // namespace hybrid

#endif  // HYBRID_REPORT_SCRIPT_SAFE_TEXT_H_
