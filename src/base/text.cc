#include "base/text.h"

#include <algorithm>

namespace hybrid {

std::string OneLine(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; },
      ' ');
  return line;
}

}  // namespace hybrid
