#include "analysis/filter.h"

#include <fmt/format.h>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "key/key.h"
#include "key/key_text.h"
#include "results/row_format.h"

namespace hybrid {

Pattern ParseFilter(const std::string& regex, std::string_view flag) {
  try {
    return {regex, Pattern::Grammar::kEcmaScript};
  } catch (const PatternError& error) {
    throw std::runtime_error(
        fmt::format("{}: '{}' {}", flag, Excerpt(regex), error.what()));
  }
}

bool IsNamedBy(const Pattern& pattern, const Key& key) {
  return pattern.FoundIn(KeyText(key, KeyStyle::kFull)) ||
         pattern.FoundIn(KeyText(key, KeyStyle::kShort));
}

void FilterRows(const std::string& regex, std::vector<Row>& rows) {
  const Pattern pattern = ParseFilter(regex);
  // A search takes long, and many rows are of the same configuration.
  std::map<Key, bool> kept;
  std::erase_if(rows, [&pattern, &kept](const Row& row) {
    if (IsAboutOthers(row.family)) return false;
    const auto [place, is_new] = kept.try_emplace(WithoutSeed(row), false);
    if (is_new) place->second = IsNamedBy(pattern, place->first);
    return !place->second;
  });
}

}  // namespace hybrid
