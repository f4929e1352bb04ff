#ifndef HYBRID_BASE_JSON_TEXT_H_
#define HYBRID_BASE_JSON_TEXT_H_

#include <cstddef>
#include <string>

#include "base/json_fwd.h"

namespace hybrid {

/// `value` as text: with `indent` blanks more for each level that it nests, or
/// all in one line if `indent` is 0. A double is written in as few digits as
/// read back as the same, and never like an integer; as null if it is not
/// finite. What is not UTF-8 is replaced by U+FFFD.
std::string JsonText(const Json& value, std::size_t indent = 0);

}  // namespace hybrid

#endif  // HYBRID_BASE_JSON_TEXT_H_
