#include "compare/filter.h"

#include <fmt/format.h>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/pattern.h"
#include "compare/key_rows.h"
#include "key/key_text.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

Pattern Parse(const std::string& regex) {
  try {
    return {regex, Pattern::Grammar::kEcmaScript};
  } catch (const PatternError& error) {
    throw std::runtime_error(
        fmt::format("--filter: '{}' {}", Excerpt(regex), error.what()));
  }
}

}  // namespace

void FilterRows(const std::string& regex, std::vector<Row>& rows) {
  const Pattern pattern = Parse(regex);
  std::map<Key, bool> known;
  std::erase_if(rows, [&](const Row& row) {
    if (row.family == Family::kNoise) return false;
    const auto [place, is_new] = known.try_emplace(WithoutSeed(row), false);
    if (is_new) {
      place->second = pattern.FoundIn(KeyText(place->first, KeyStyle::kFull)) ||
                      pattern.FoundIn(KeyText(place->first, KeyStyle::kShort));
    }
    return !place->second;
  });
}

}  // namespace hybrid
