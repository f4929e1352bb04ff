#include "compare/axes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "analysis/format_units.h"

namespace hybrid {
namespace {

struct Axis {
  const char* name;
  std::string (*value)(const Configuration&);
};
constexpr Axis kAxes[] = {
    {"family", [](const Configuration& c) { return c.family; }},
    {"operation", [](const Configuration& c) { return c.operation; }},
    {"data", [](const Configuration& c) { return c.data; }},
    {"collect", [](const Configuration& c) { return c.collect; }},
    {"pin", [](const Configuration& c) { return c.pin; }},
    {"kernels", [](const Configuration& c) { return c.kernels_asked; }},
    {"n", [](const Configuration& c) { return std::to_string(c.n); }},
    {"batch", [](const Configuration& c) { return std::to_string(c.batch); }},
    {"split", [](const Configuration& c) { return FormatSplit(c.split); }},
};

std::set<std::string> ValuesOf(const Axis& axis,
                               std::span<const Configuration> all) {
  std::set<std::string> values;
  for (const Configuration& c : all) values.insert(axis.value(c));
  return values;
}

}  // namespace

std::string DifferingAxesText(std::span<const Configuration> baseline,
                              std::span<const Configuration> now) {
  std::vector<std::string> texts;
  for (const Axis& axis : kAxes) {
    const auto before = ValuesOf(axis, baseline);
    const auto after = ValuesOf(axis, now);
    const bool common = std::any_of(
        before.begin(), before.end(),
        [&](const std::string& value) { return after.count(value) > 0; });
    if (common) continue;
    texts.push_back(fmt::format(
        "{} is {} in the baseline and {} in the new "
        "results",
        axis.name, fmt::join(before, ", "), fmt::join(after, ", ")));
  }
  if (texts.empty()) return "the same parameters are combined otherwise";
  return fmt::format("{}", fmt::join(texts, "; "));
}

}  // namespace hybrid
