#include "analysis/ways.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "analysis/group_text.h"
#include "base/contains.h"
#include "base/text.h"

namespace hybrid {
namespace {

bool IsOf(const Way& way, const Answer& answer) {
  return way.host == answer.key.host &&
         way.usable_cores == answer.key.usable_cores &&
         way.operation == answer.key.operation &&
         way.conditions == Conditions(answer);
}

}  // namespace

std::vector<Way> FindWays(std::span<const Answer> answers) {
  std::vector<Way> ways;
  for (const Answer& answer : answers) {
    auto way = std::find_if(ways.begin(), ways.end(),
                            [&](const Way& one) { return IsOf(one, answer); });
    if (way == ways.end()) {
      way = ways.insert(way, {answer.key.host,
                              answer.key.usable_cores,
                              answer.key.operation,
                              Conditions(answer),
                              {}});
    }
    way->answers.push_back(&answer);
  }
  for (Way& way : ways) {
    std::stable_sort(way.answers.begin(), way.answers.end(),
                     [](const Answer* a, const Answer* b) {
                       return std::tie(a->key.n, a->key.batch) <
                              std::tie(b->key.n, b->key.batch);
                     });
  }
  return ways;
}

std::string WayText(const Way& way, std::span<const Way> ways) {
  const auto differs = [&](auto Way::*member) {
    return std::any_of(ways.begin(), ways.end(), [&](const Way& other) {
      return other.*member != way.*member;
    });
  };
  std::vector<std::string> parts;
  if (differs(&Way::host)) parts.push_back(way.host);
  if (differs(&Way::usable_cores)) {
    parts.push_back(Counted(way.usable_cores, "core"));
  }
  if (differs(&Way::operation)) parts.push_back(way.operation);
  for (const std::string& condition : way.conditions) {
    const bool is_common =
        std::all_of(ways.begin(), ways.end(), [&condition](const Way& other) {
          return Contains(other.conditions, condition);
        });
    if (!is_common) parts.push_back(condition);
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace hybrid
