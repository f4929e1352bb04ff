#ifndef HYBRID_KEY_KEY_TEXT_H_
#define HYBRID_KEY_KEY_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "base/enum_names.h"
#include "key/key.h"

namespace hybrid {

/// How a configuration is named.
enum class KeyStyle {
  /// A benchmark's name, as filters match it, without what has its usual value:
  /// `Hybrid/gemm/n:256/batch:32/workers:2/blas_threads:1/data:hot`.
  kBenchmark,
  kFull,   ///< a benchmark's name with all parts
  kShort,  ///< for people: `gemm n=256 batch=32 2×1 data=hot`
  kGroup,  ///< kShort without the split
};

/// The one text of a configuration, for tables, errors, comparisons, pages.
std::string KeyText(const Key& key, KeyStyle style);

/// `n=256 batch=32`; without the n that nobody said of a command.
std::string TasksText(const Key& key, std::string_view between = " ");

/// `2×1`: workers × BLAS threads; with several hosts `4 hosts × 2×1`, with an
/// engine that is not the usual one `2×1 threads`.
std::string SplitText(const Split& split);

/// A part of a key as text.
std::string KeyValue(const std::string& value);
std::string KeyValue(std::uint64_t value);
template <Named Enum>
std::string KeyValue(Enum value) {
  return std::string(Name(value));
}

/// The last `names` names of a path; all of what is shorter, or no path.
std::string LastNames(const std::string& path, int names);

/// The value `value` of the part in `column` as people see it in a line: of a
/// path its last two names, of a long command its beginning.
std::string ShortValue(std::string_view column, const std::string& value);

/// All parts of `key` as one line, which ParseKey reads back.
std::string EncodeKey(const Key& key);

/// The key that EncodeKey wrote. Throws std::invalid_argument for what it does
/// not write.
Key ParseKey(std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_KEY_KEY_TEXT_H_
