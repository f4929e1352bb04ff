#include "results/warnings_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hybrid {
namespace {

constexpr std::string_view kSeparator = "; ";
constexpr char kEscape = '\\';

/// What followed `; ` within warnings as long as that was not escaped: nothing
/// to add to.
constexpr std::array<std::string_view, 10> kOldRemedies = {
    "close them (top shows which)",
    "measure later or on dedicated cores",
    "cpupower frequency-set",
    "steadier: cpupower frequency-set",
    "if that is not wanted, switch it on",
    "let them cool down",
    "stop what runs beside this",
    "better a cpuset",
    "close programs or measure smaller n",
    "echo madvise > ",
};

bool IsOldRemedy(std::string_view text) {
  return std::any_of(
      kOldRemedies.begin(), kOldRemedies.end(),
      [text](std::string_view remedy) { return text.starts_with(remedy); });
}

}  // namespace

std::string JoinWarnings(std::span<const std::string> warnings) {
  std::string text;
  for (const std::string& warning : warnings) {
    if (!text.empty()) text += kSeparator;
    for (std::size_t i = 0; i < warning.size(); ++i) {
      if (std::string_view(warning).substr(i).starts_with(kSeparator)) {
        text += kEscape;
      }
      text += warning[i];
    }
  }
  return text;
}

std::vector<std::string> SplitWarnings(std::string_view text) {
  std::vector<std::string> warnings;
  bool goes_on = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(kSeparator), text.size());
    const bool escaped =
        end > 0 && end < text.size() && text[end - 1] == kEscape;
    std::string piece(text.substr(0, escaped ? end - 1 : end));
    if (!goes_on && IsOldRemedy(piece) && !warnings.empty()) goes_on = true;
    if (goes_on) {
      warnings.back().append(kSeparator).append(piece);
    } else if (!piece.empty() || escaped) {
      warnings.push_back(std::move(piece));
    }
    goes_on = escaped;
    text.remove_prefix(std::min(end + kSeparator.size(), text.size()));
  }
  if (goes_on) warnings.back().append(kSeparator);
  return warnings;
}

}  // namespace hybrid
