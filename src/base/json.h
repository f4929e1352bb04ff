#ifndef HYBRID_BASE_JSON_H_
#define HYBRID_BASE_JSON_H_

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/json_fwd.h"

namespace hybrid {

/// `value` as it is; null if absent.
template <typename Value>
Json JsonOrNull(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

/// The array of all `values`.
template <typename Values>
JsonArray JsonArrayOf(const Values& values) {
  // In braces these two would be the elements.
  return JsonArray(values.begin(), values.end());
}

/// `value` to 6 significant digits, which is more than a measurement has; null
/// if it is not finite.
Json JsonNumber(double value);

/// `value` to 6 significant digits; null if absent or not finite.
Json JsonNumber(const std::optional<double>& value);

/// What is no JSON; what() is the cause alone.
class JsonError : public std::runtime_error {
 public:
  JsonError(const std::string& cause, std::size_t offset)
      : std::runtime_error(cause), offset_(offset) {}
  /// How many bytes of the text stand before what is wrong with it: all of
  /// them where it ends too early.
  std::size_t offset() const { return offset_; }

 private:
  std::size_t offset_;
};

/// The value that `text` is. Throws JsonError for what is no JSON.
Json ParseJson(std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_BASE_JSON_H_
