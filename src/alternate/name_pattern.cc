#include "alternate/name_pattern.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace hybrid {
namespace {

/// What may follow a part of a name: parts, each with what follows it.
struct Followers {
  std::map<std::string, Followers> parts;
  bool may_end = false;
};

void AddName(std::string_view name, Followers& followers) {
  Followers* at = &followers;
  for (;;) {
    const std::size_t slash = name.find('/');
    at = &at->parts[std::string(name.substr(0, slash))];
    if (slash == std::string_view::npos) break;
    name.remove_prefix(slash + 1);
  }
  at->may_end = true;
}

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char character : text) {
    if (std::string_view(R"(\^$.|?*+()[{)").find(character) !=
        std::string_view::npos) {
      escaped += '\\';
    }
    escaped += character;
  }
  return escaped;
}

/// The expression of all that may follow, with the slashes in between.
std::string PatternOf(const Followers& followers, std::string_view before) {
  std::vector<std::string> choices;
  for (const auto& [part, next] : followers.parts) {
    choices.push_back(std::string(before) + Escaped(part) +
                      PatternOf(next, "/"));
  }
  if (choices.empty()) return {};
  std::string pattern;
  for (const std::string& choice : choices) {
    pattern += (pattern.empty() ? "" : "|") + choice;
  }
  if (choices.size() > 1 || followers.may_end) pattern = '(' + pattern + ')';
  return followers.may_end ? pattern + '?' : pattern;
}

}  // namespace

std::string NamePattern(const std::vector<std::string>& names) {
  Followers all;
  for (const std::string& name : names) AddName(name, all);
  return '^' + PatternOf(all, "") + '$';
}

}  // namespace hybrid
