#include "flags/name_filter.h"

#include <fmt/format.h>

#include <regex>

#include "sweep/axis.h"

namespace hybrid {

NameFilter::NameFilter(const std::string& filter)
    : negative_(filter.starts_with('-')) {
  const bool everything = filter.empty() || filter == "all";
  const std::string expression =
      everything ? std::string(1, '.') : filter.substr(negative_ ? 1 : 0);
  try {
    found_in_ =
        [regex = std::regex(expression, std::regex_constants::extended)](
            const std::string& name) { return std::regex_search(name, regex); };
  } catch (const std::regex_error& error) {
    throw FlagError(
        fmt::format("--benchmark_filter={}: is no regular expression ({})",
                    filter, error.what()));
  }
}

}  // namespace hybrid
