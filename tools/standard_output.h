#ifndef HYBRID_TOOLS_STANDARD_OUTPUT_H_
#define HYBRID_TOOLS_STANDARD_OUTPUT_H_

#include <iostream>
#include <stdexcept>
#include <string_view>

namespace hybrid {

/// Writes `text` to standard output at once. Throws std::runtime_error if not
/// all of it could be written.
inline void PrintText(std::string_view text) {
  std::cout << text << std::flush;
  if (!std::cout) throw std::runtime_error("standard output: write failed");
}

}  // namespace hybrid

#endif  // HYBRID_TOOLS_STANDARD_OUTPUT_H_
