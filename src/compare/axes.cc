#include "compare/axes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "key/key.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// A part of the keys of one side, and all values that it has there.
struct PartValues {
  std::string_view label;
  std::set<std::string> values;
};

/// The parts of `keys` in their order, with the split as one part at the end;
/// the seed is none, as nothing is compared by it. Empty without keys.
std::vector<PartValues> ValuesByPart(std::span<const Key> keys) {
  std::vector<PartValues> parts;
  for (const Key& key : keys) {
    std::size_t next = 0;
    const auto add = [&parts, &next](std::string_view label,
                                     std::string value) {
      if (next == parts.size()) parts.push_back({label, {}});
      parts[next++].values.insert(std::move(value));
    };
    ForEachKey(key, [&add](const KeyPart& part, const auto& field) {
      if (part.role == KeyRole::kSplit || part.role == KeyRole::kSeed) return;
      add(part.label, KeyValue(field));
    });
    add("split", SplitText(key.split()));
  }
  return parts;
}

bool ShareAValue(const PartValues& a, const PartValues& b) {
  return std::any_of(
      a.values.begin(), a.values.end(),
      [&b](const std::string& value) { return b.values.contains(value); });
}

}  // namespace

std::string DifferingAxesText(std::span<const Key> baseline,
                              std::span<const Key> now) {
  const std::vector<PartValues> before = ValuesByPart(baseline);
  const std::vector<PartValues> after = ValuesByPart(now);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
    if (ShareAValue(before[i], after[i])) continue;
    texts.push_back(fmt::format(
        "{} is {} in the baseline and {} in the new results", before[i].label,
        fmt::join(before[i].values, ", "), fmt::join(after[i].values, ", ")));
  }
  if (texts.empty()) return "the same parameters are combined otherwise";
  return fmt::format("{}", fmt::join(texts, "; "));
}

}  // namespace hybrid
