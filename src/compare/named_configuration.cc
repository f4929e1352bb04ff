#include "compare/named_configuration.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "analysis/filter.h"
#include "base/pattern.h"
#include "compare/output_parts.h"
#include "key/key_text.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

using Found = std::vector<const ComparedConfiguration*>;

template <typename Predicate>
Found FindThose(const Comparison& comparison, Predicate is_meant) {
  Found found;
  for (const ComparedConfiguration& c : comparison.configurations) {
    if (is_meant(c)) found.push_back(&c);
  }
  return found;
}

bool IsCalled(const ComparedConfiguration& c, const std::string& name) {
  return NameText(c) == name ||
         (c.name.empty() && KeyText(c.key, KeyStyle::kFull) == name);
}

/// "'A', 'B', …": as many as a line takes.
std::string SomeNames(const Found& found) {
  constexpr std::size_t kMostNames = 3;
  std::vector<std::string> names;
  for (const ComparedConfiguration* const c : found) {
    if (names.size() == kMostNames) break;
    names.push_back(fmt::format("'{}'", NameText(*c)));
  }
  return fmt::format("{}{}", fmt::join(names, ", "),
                     found.size() > kMostNames ? ", …" : "");
}

}  // namespace

const ComparedConfiguration& NamedConfiguration(const Comparison& comparison,
                                                const std::string& asked) {
  Found found = FindThose(comparison, [&](const ComparedConfiguration& c) {
    return IsCalled(c, asked);
  });
  if (found.empty()) {
    const Pattern pattern = ParseFilter(asked, "--why");
    found = FindThose(comparison, [&](const ComparedConfiguration& c) {
      return c.name.empty() ? IsNamedBy(pattern, c.key)
                            : pattern.FoundIn(c.name);
    });
  }
  if (found.size() == 1) return *found.front();
  if (found.empty()) {
    const Found all = FindThose(comparison, [](const auto&) { return true; });
    throw std::runtime_error(
        fmt::format("--why: '{}' is the name of none of {}: there {} {}",
                    Excerpt(asked), ComparedText(comparison, all.size()),
                    all.size() == 1 ? "is" : "are", SomeNames(all)));
  }
  throw std::runtime_error(fmt::format(
      "--why: '{}' is in the names of {}: {}: give more of one, or all of it",
      Excerpt(asked), ComparedText(comparison, found.size()),
      SomeNames(found)));
}

}  // namespace hybrid
