#include "report/dimensions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "key/key_text.h"

namespace hybrid {
namespace {

/// What the values of a dimension mean.
struct DimensionMeaning {
  std::string_view key;
  std::string_view text;
};

/// The meanings of dimensions whose values do not speak for themselves.
constexpr std::array kMeanings = {
    DimensionMeaning{"n", "order of the matrices; 0: a command told none"},
    DimensionMeaning{"protocol",
                     "how a command is spoken to: lines or filter, once for "
                     "each task, or whole, once for each batch"},
    DimensionMeaning{"env", "variables that a command gets"},
    DimensionMeaning{"precision", "d: double precision; s: single"},
    DimensionMeaning{"aspect", "m / n of matrices with m rows"},
    DimensionMeaning{"data",
                     "fresh: operands are made in every task; resident: before "
                     "the batch; hot: the same are used again"},
    DimensionMeaning{"kernels",
                     "best: the library's fastest in a probe; library: its own "
                     "choice"},
    DimensionMeaning{
        "blas",
        "the library that workers load; blis: its serial build for "
        "one thread, else OpenMP's"},
    DimensionMeaning{"collect",
                     "none: products are overwritten; shared: each stays where "
                     "the parent reads it"},
};

std::string_view MeaningOf(std::string_view key) {
  const auto place = std::find_if(
      kMeanings.begin(), kMeanings.end(),
      [key](const DimensionMeaning& meaning) { return meaning.key == key; });
  return place == kMeanings.end() ? std::string_view() : place->text;
}

}  // namespace

Json DimensionsJson() {
  JsonArray dimensions;
  ForEachDimension({}, [&dimensions](const Dimension& dimension, const Json&) {
    dimensions.push_back({{"key", dimension.key},
                          {"label", dimension.label},
                          {"always", dimension.always},
                          {"detail", dimension.detail},
                          {"meaning", MeaningOf(dimension.key)}});
  });
  return dimensions;
}

JsonObject DimensionValuesJson(const GroupKey& key) {
  JsonObject values;
  ForEachDimension(key, [&values](const Dimension& dimension, Json value) {
    values[dimension.key] = std::move(value);
  });
  return values;
}

std::string DetailText(const GroupKey& key) { return TasksText(key); }

bool DifferInDetailsAlone(const GroupKey& a, const GroupKey& b) {
  const auto others = [](const GroupKey& key) {
    JsonObject values;
    ForEachDimension(key, [&values](const Dimension& dimension, Json value) {
      if (!dimension.detail) values[dimension.key] = std::move(value);
    });
    return values;
  };
  return others(a) == others(b);
}

}  // namespace hybrid
