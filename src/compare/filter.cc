#include "compare/filter.h"

#include <fmt/format.h>

#include <map>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

#include "compare/key_rows.h"
#include "key/key_text.h"

namespace hybrid {

void FilterRows(const std::string& regex, std::vector<Row>& rows) {
  std::regex expression;
  try {
    expression = regex;
  } catch (const std::regex_error&) {
    throw std::runtime_error(
        fmt::format("--filter: '{}' is not a regular expression", regex));
  }
  std::map<Key, bool> known;
  std::erase_if(rows, [&](const Row& row) {
    if (row.family == Family::kNoise) return false;
    const auto [place, is_new] = known.try_emplace(WithoutSeed(row), false);
    if (is_new) {
      place->second = std::regex_search(KeyText(place->first, KeyStyle::kFull),
                                        expression) ||
                      std::regex_search(KeyText(place->first, KeyStyle::kShort),
                                        expression);
    }
    return !place->second;
  });
}

}  // namespace hybrid
