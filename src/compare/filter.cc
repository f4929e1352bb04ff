#include "compare/filter.h"

#include <fmt/format.h>

#include <map>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

#include "compare/configuration.h"

namespace hybrid {

void FilterRows(const std::string& regex, std::vector<Row>& rows) {
  std::regex expression;
  try {
    expression = regex;
  } catch (const std::regex_error&) {
    throw std::runtime_error(
        fmt::format("--filter: '{}' is not a regular expression", regex));
  }
  std::map<Configuration, bool> known;
  std::erase_if(rows, [&](const Row& row) {
    if (MeasuresNoise(row)) return false;
    const auto [place, is_new] = known.try_emplace(ConfigurationOf(row), false);
    if (is_new) {
      place->second =
          std::regex_search(ConfigurationName(place->first), expression) ||
          std::regex_search(ConfigurationText(place->first), expression);
    }
    return !place->second;
  });
}

}  // namespace hybrid
