#ifndef HYBRID_BASE_CONTAINS_H_
#define HYBRID_BASE_CONTAINS_H_

#include <algorithm>

namespace hybrid {

/// Whether one of `values` equals `wanted`.
template <typename Values, typename Value>
bool Contains(const Values& values, const Value& wanted) {
  return std::find(values.begin(), values.end(), wanted) != values.end();
}

}  // namespace hybrid

#endif  // HYBRID_BASE_CONTAINS_H_
