#include "analysis/format_units.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace hybrid {
namespace {

constexpr std::size_t kLineColumns = 100;
constexpr std::size_t kLabelColumns = 11;
constexpr std::string_view kSeparator = " · ";

/// What no line break may divide: the words of `text`, of which a number and
/// the word after it are one.
std::vector<std::string> UnbrokenParts(std::string_view text) {
  std::vector<std::string> parts;
  bool after_number = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string word(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (after_number) {
      parts.back() += ' ' + word;
    } else {
      parts.push_back(word);
    }
    after_number = !word.empty() && word.back() >= '0' && word.back() <= '9';
  }
  return parts;
}

}  // namespace

std::string FormatNumber(double value) {
  // The limits lie where rounding would add a digit.
  const double size = std::abs(value);
  if (size >= 99.95) return fmt::format("{:.0f}", value);
  if (size >= 9.995) return fmt::format("{:.1f}", value);
  if (size >= 0.9995 || size == 0) return fmt::format("{:.2f}", value);
  if (size >= 1e-4) return fmt::format("{:.3g}", value);
  // As many decimals as show three digits: "g" would write an exponent.
  const double first_digit = std::ceil(-std::log10(size));
  return fmt::format("{:.{}f}", value, static_cast<int>(first_digit) + 2);
}

std::string FormatSeconds(double seconds) {
  if (seconds >= 0.9995) return FormatNumber(seconds) + " s";
  if (seconds == 0) return "0 s";
  if (seconds >= 0.9995e-3) return FormatNumber(seconds * 1e3) + " ms";
  if (seconds >= 0.9995e-6) return FormatNumber(seconds * 1e6) + " µs";
  return FormatNumber(seconds * 1e9) + " ns";
}

std::string FormatRatio(double ratio) {
  if (ratio < 0.00995) return "<0.01×";
  if (ratio < 0.0995) return fmt::format("{:.3f}×", ratio);
  if (ratio < 1.995) return fmt::format("{:.2f}×", ratio);
  if (ratio < 9.95) return fmt::format("{:.1f}×", ratio);
  return fmt::format("{:.0f}×", ratio);
}

std::string FormatPercent(double share) {
  const double percent = 100 * share;
  return percent < 9.95 ? fmt::format("{:.1f} %", percent)
                        : fmt::format("{:.0f} %", percent);
}

std::string FormatSpread(double spread) {
  return fmt::format("±{}", FormatPercent(spread));
}

std::string FormatSlowdown(double slowdown) {
  // Only a capped split can be faster by rate than one that completed.
  if (slowdown < 1) return FormatRatio(1 / slowdown) + " faster";
  if (slowdown >= 1.995) return FormatRatio(slowdown) + " slower";
  return fmt::format("+{}", FormatPercent(slowdown - 1));
}

std::string FormatSlower(double slowdown) {
  if (slowdown < 1 || slowdown >= 1.995) return FormatSlowdown(slowdown);
  return FormatPercent(slowdown - 1) + " slower";
}

std::string FormatLabel(std::string_view label) {
  return fmt::format("  {:<{}}", label, kLabelColumns - 2);
}

std::string FormatParagraph(std::string_view lead, std::string_view text,
                            std::size_t columns) {
  return Wrapped(std::string(lead), UnbrokenParts(text), columns);
}

std::string FormatLine(std::string_view label, std::string_view text) {
  return FormatParagraph(FormatLabel(label), text);
}

std::string FormatItems(std::string_view label,
                        const std::vector<std::string>& items) {
  std::string text = FormatLabel(label);
  std::size_t column = kLabelColumns;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::size_t width = DisplayWidth(kSeparator) + DisplayWidth(items[i]);
    // Room is left for the separator that may end the line.
    if (i > 0 && column + width + DisplayWidth(kSeparator) > kLineColumns) {
      text += fmt::format(" ·\n{:{}}", "", kLabelColumns);
      column = kLabelColumns;
    } else if (i > 0) {
      text += kSeparator;
    }
    if (kLabelColumns + DisplayWidth(items[i]) > kLineColumns) {
      // Too long for any line: broken between words. The first line's indent
      // and the line end stand in `text` or follow it; the next item begins a
      // line.
      const std::string indent(kLabelColumns, ' ');
      const std::string lines = FormatParagraph(indent, items[i]);
      text += lines.substr(kLabelColumns, lines.size() - kLabelColumns - 1);
      column = kLineColumns;
    } else {
      text += items[i];
      column += width;
    }
  }
  return text + '\n';
}

}  // namespace hybrid
