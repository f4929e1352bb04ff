#include "compare/filter.h"

#include <fmt/format.h>

#include <map>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

#include "key/key.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

bool IsNamedBy(const std::regex& expression, const Key& key) {
  return std::regex_search(KeyText(key, KeyStyle::kFull), expression) ||
         std::regex_search(KeyText(key, KeyStyle::kShort), expression);
}

}  // namespace

void FilterRows(const std::string& regex, std::vector<Row>& rows) {
  std::regex expression;
  try {
    expression = regex;
  } catch (const std::regex_error&) {
    throw std::runtime_error(
        fmt::format("--filter: '{}' is not a regular expression", regex));
  }
  // A search takes long, and many rows are of the same configuration.
  std::map<Key, bool> kept;
  std::erase_if(rows, [&expression, &kept](const Row& row) {
    if (row.family == Family::kNoise) return false;
    const auto [place, is_new] = kept.try_emplace(WithoutSeed(row), false);
    if (is_new) place->second = IsNamedBy(expression, place->first);
    return !place->second;
  });
}

}  // namespace hybrid
