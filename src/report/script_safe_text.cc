#include "report/script_safe_text.h"

#include <cstddef>
#include <string_view>

#include "base/json_text.h"

namespace hybrid {
namespace {

constexpr std::string_view kLineSeparator = "\xE2\x80\xA8";       // U+2028
constexpr std::string_view kParagraphSeparator = "\xE2\x80\xA9";  // U+2029

}  // namespace

std::string ScriptSafeText(const Json& value) {
  const std::string plain = JsonText(value);
  const std::string_view text = plain;
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') {
      safe += "\\u003c";
    } else if (text.substr(i, 3) == kLineSeparator) {
      safe += "\\u2028";
      i += 2;
    } else if (text.substr(i, 3) == kParagraphSeparator) {
      safe += "\\u2029";
      i += 2;
    } else {
      safe += text[i];
    }
  }
  return safe;
}

}  // namespace hybrid
