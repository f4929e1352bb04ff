#ifndef HYBRID_KEY_KEY_JSON_H_
#define HYBRID_KEY_KEY_JSON_H_

#include <cstdint>

#include "base/json.h"
#include "key/key_text.h"

namespace hybrid {

/// A part of a key as JSON: a number as one, all else as KeyValue has it.
inline Json KeyJson(std::uint64_t value) { return value; }
template <typename Field>
Json KeyJson(const Field& value) {
  return Json(KeyValue(value));
}

}  // namespace hybrid

#endif  // HYBRID_KEY_KEY_JSON_H_
