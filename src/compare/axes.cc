#include "compare/axes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "key/key_text.h"

namespace hybrid {
namespace {

/// The values that the keys of one side have in one of their parts.
struct PartValues {
  std::string_view label;
  std::set<std::string> values;
};

/// By part of the key; the split is one.
std::vector<PartValues> ValuesOf(std::span<const Key> keys) {
  std::vector<PartValues> all;
  for (const Key& key : keys) {
    std::size_t next = 0;
    const auto add = [&](std::string_view label, std::string value) {
      if (next == all.size()) all.push_back({label, {}});
      all[next++].values.insert(std::move(value));
    };
    ForEachKey(key, [&](const KeyPart& part, const auto& field) {
      if (part.role == KeyRole::kSplit || part.role == KeyRole::kSeed) return;
      add(part.label, KeyValue(field));
    });
    add("split", SplitText(key.split()));
  }
  return all;
}

}  // namespace

std::string DifferingAxesText(std::span<const Key> baseline,
                              std::span<const Key> now) {
  const std::vector<PartValues> before = ValuesOf(baseline);
  const std::vector<PartValues> after = ValuesOf(now);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
    const bool common =
        std::any_of(before[i].values.begin(), before[i].values.end(),
                    [&](const std::string& value) {
                      return after[i].values.contains(value);
                    });
    if (common) continue;
    texts.push_back(fmt::format(
        "{} is {} in the baseline and {} in the new results", before[i].label,
        fmt::join(before[i].values, ", "), fmt::join(after[i].values, ", ")));
  }
  if (texts.empty()) return "the same parameters are combined otherwise";
  return fmt::format("{}", fmt::join(texts, "; "));
}

}  // namespace hybrid
