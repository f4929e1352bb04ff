#include "flags/name_filter.h"

#include <fmt/format.h>

#include "base/flag_error.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

Pattern Parse(const std::string& filter) {
  const bool everything = filter.empty() || filter == "all";
  const std::string expression =
      everything ? std::string(1, '.')
                 : filter.substr(filter.starts_with('-') ? 1 : 0);
  try {
    return {expression, Pattern::Grammar::kExtended};
  } catch (const PatternError& error) {
    throw FlagError(fmt::format("--benchmark_filter={}: {}", Excerpt(filter),
                                error.what()));
  }
}

}  // namespace

NameFilter::NameFilter(const std::string& filter)
    : negative_(filter.starts_with('-')), pattern_(Parse(filter)) {}

}  // namespace hybrid
