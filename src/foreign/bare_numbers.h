#ifndef HYBRID_FOREIGN_BARE_NUMBERS_H_
#define HYBRID_FOREIGN_BARE_NUMBERS_H_

#include <string>
#include <string_view>

namespace hybrid {

/// `text` with null for each NaN and Infinity outside of strings, which Google
/// Benchmark writes of counters, and which is no JSON. Lines stay lines.
std::string WithoutBareNumbers(std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_FOREIGN_BARE_NUMBERS_H_
