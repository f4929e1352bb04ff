#include "analysis/ways.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "analysis/group_text.h"
#include "base/contains.h"
#include "base/text.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

const GroupKey& KeyOf(const Way& way) { return way.answers.front()->key; }

/// Whether both are of one way. What failed before it told its version is of
/// any.
bool AreAlike(GroupKey a, GroupKey b) {
  if (a.blas_version.empty() || b.blas_version.empty()) {
    a.blas_version = b.blas_version = "";
  }
  a.n = b.n;
  a.batch = b.batch;
  return a == b;
}

/// Way::library of `way`, one of `ways`.
std::string NameOfLibrary(const Way& way, std::span<const Way> ways) {
  const GroupKey& key = KeyOf(way);
  const auto any = [ways](const auto& is_such) {
    return std::any_of(ways.begin(), ways.end(),
                       [&](const Way& other) { return is_such(KeyOf(other)); });
  };
  int names = 2;
  while (any([&](const GroupKey& other) {
    return other.blas != key.blas &&
           LastNames(other.blas, names) == LastNames(key.blas, names);
  })) {
    ++names;
  }
  std::string text = LastNames(key.blas, names);
  const bool has_versions = any([&key](const GroupKey& other) {
    return other.blas == key.blas && other.blas_version != key.blas_version;
  });
  if (!has_versions || key.blas_version.empty()) return text;
  // A program's may have no other name.
  return text.empty() ? key.blas_version
                      : fmt::format("{} {}", text, key.blas_version);
}

/// `condition` in few columns, if that still tells it from the others of
/// `ways`: commands may be long.
std::string ShortCondition(const std::string& condition,
                           std::span<const Way> ways) {
  constexpr std::size_t kMostColumns = 44;
  std::string text = CutTo(condition, kMostColumns);
  for (const Way& way : ways) {
    for (const std::string& other : way.conditions) {
      if (other != condition && CutTo(other, kMostColumns) == text) {
        return condition;
      }
    }
  }
  return text;
}

}  // namespace

std::vector<Way> FindWays(std::span<const Answer> answers) {
  std::vector<Way> ways;
  for (const Answer& answer : answers) {
    const GroupKey& key = answer.key;
    auto way = std::find_if(ways.begin(), ways.end(), [&key](const Way& one) {
      return AreAlike(KeyOf(one), key);
    });
    if (way == ways.end()) {
      way = ways.insert(
          way, {key.host, key.usable_cores, key.operation, {}, {}, {}});
    }
    way->answers.push_back(&answer);
  }
  for (Way& way : ways) {
    way.library = NameOfLibrary(way, ways);
    way.conditions = Conditions(KeyOf(way), way.library);
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
    if (!is_common) parts.push_back(ShortCondition(condition, ways));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string GroupName(const Answer& answer, std::span<const Way> ways) {
  const auto way = std::find_if(
      ways.begin(), ways.end(),
      [&answer](const Way& one) { return Contains(one.answers, &answer); });
  const std::string label = way == ways.end() ? "" : WayText(*way, ways);
  return fmt::format("{}{}{}", label, label.empty() ? "" : ", ",
                     TasksText(answer.key));
}

}  // namespace hybrid
