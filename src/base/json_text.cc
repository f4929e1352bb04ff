#include "base/json_text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "base/json.h"

namespace hybrid {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

/// Doubles from kLeastPlain to below kLeastBeyondPlain are written without an
/// exponent.
constexpr double kLeastPlain = 1e-4;
constexpr double kLeastBeyondPlain = 1e15;

std::string DoubleText(double value) {
  if (!std::isfinite(value)) return "null";
  const double size = std::abs(value);
  const bool plain =
      size == 0 || (size >= kLeastPlain && size < kLeastBeyondPlain);
  std::array<char, 32> digits{};
  const auto end = std::to_chars(
      digits.begin(), digits.end(), value,
      plain ? std::chars_format::fixed : std::chars_format::scientific);
  std::string text(digits.begin(), end.ptr);
  if (plain && text.find('.') == std::string::npos) text += ".0";
  return text;
}

/// The bytes at the start of a text that belong together: a character, or what
/// is none.
struct Bytes {
  std::size_t size = 0;
  bool is_character = false;
};

/// The first Bytes of a text that is not empty; by table 3-7 of the Unicode
/// Standard. What is no character ends before the first byte that can't go on
/// with it.
Bytes FirstBytes(std::string_view text) {
  const auto byte = [text](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The second byte is where overlong forms, surrogates, and what is beyond
  // U+10FFFF show.
  unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t i = 1; i < size; ++i) {
    if (i == text.size() || byte(i) < least || byte(i) > most) {
      return {i, false};
    }
    least = 0x80;
    most = 0xBF;
  }
  return {size, true};
}

/// A byte below 0x80 as it stands in a string of JSON.
std::string Escaped(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return c < ' ' ? fmt::format("\\u{:04x}", static_cast<unsigned>(c))
                     : std::string(1, c);
  }
}

class Writer {
 public:
  explicit Writer(std::size_t indent) : indent_(indent) {}

  void Write(const Json& value) {
    switch (value.kind()) {
      case boost::json::kind::null:
        text_ += "null";
        break;
      case boost::json::kind::bool_:
        text_ += value.get_bool() ? "true" : "false";
        break;
      case boost::json::kind::int64:
        text_ += std::to_string(value.get_int64());
        break;
      case boost::json::kind::uint64:
        text_ += std::to_string(value.get_uint64());
        break;
      case boost::json::kind::double_:
        text_ += DoubleText(value.get_double());
        break;
      case boost::json::kind::string:
        WriteString(value.get_string());
        break;
      case boost::json::kind::array:
        WriteAll('[', value.get_array(), ']',
                 [this](const Json& element) { Write(element); });
        break;
      case boost::json::kind::object:
        WriteAll('{', value.get_object(), '}', [this](const auto& member) {
          WriteString(member.key());
          text_ += indent_ > 0 ? ": " : ":";
          Write(member.value());
        });
        break;
    }
  }

  const std::string& text() const { return text_; }

 private:
  void WriteString(std::string_view string) {
    text_ += '"';
    while (!string.empty()) {
      const Bytes first = FirstBytes(string);
      if (!first.is_character) {
        text_ += kReplacement;
      } else if (first.size == 1) {
        text_ += Escaped(string.front());
      } else {
        text_ += string.substr(0, first.size);
      }
      string.remove_prefix(first.size);
    }
    text_ += '"';
  }

  template <typename Elements, typename WriteElement>
  void WriteAll(char open, const Elements& elements, char close,
                WriteElement write_element) {
    text_ += open;
    ++depth_;
    bool is_first = true;
    for (const auto& element : elements) {
      if (!is_first) text_ += ',';
      is_first = false;
      BreakLine();
      write_element(element);
    }
    --depth_;
    if (!is_first) BreakLine();
    text_ += close;
  }

  void BreakLine() {
    if (indent_ == 0) return;
    text_ += '\n';
    text_.append(indent_ * depth_, ' ');
  }

  std::size_t indent_;
  std::size_t depth_ = 0;
  std::string text_;
};

}  // namespace

std::string JsonText(const Json& value, std::size_t indent) {
  Writer writer(indent);
  writer.Write(value);
  return writer.text();
}

}  // namespace hybrid
