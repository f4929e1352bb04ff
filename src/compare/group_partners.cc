#include "compare/group_partners.h"

#include <map>
#include <span>
#include <vector>

#include "analysis/group_key.h"
#include "key/key.h"

namespace hybrid {
namespace {

using AnswersByGroup = std::map<Key, std::vector<const Answer*>>;

AnswersByGroup ByGroup(std::span<const Answer> answers) {
  AnswersByGroup groups;
  for (const Answer& answer : answers) {
    groups[GroupOf(answer.key)].push_back(&answer);
  }
  return groups;
}

bool OnOneMachine(const GroupKey& a, const GroupKey& b) {
  return a.host == b.host && a.usable_cores == b.usable_cores;
}

/// The only one among `answers` that is `wanted`; nothing if there are several.
template <typename Predicate>
const Answer* OnlyOne(const std::vector<const Answer*>& answers,
                      Predicate wanted) {
  const Answer* found = nullptr;
  for (const Answer* const answer : answers) {
    if (!wanted(answer->key)) continue;
    if (found != nullptr) return nullptr;
    found = answer;
  }
  return found;
}

/// The group in the new results that `answer`, of the baseline, is compared
/// with: the one of the same machine; where there is one machine a side,
/// whatever it is called, that one. Nothing if there is none.
const Answer* PartnerOf(const Answer& answer, const AnswersByGroup& before,
                        const AnswersByGroup& after) {
  const Key group = GroupOf(answer.key);
  const auto place = after.find(group);
  if (place == after.end()) return nullptr;
  const auto same_key = [&](const GroupKey& key) { return key == answer.key; };
  const auto same_machine = [&](const GroupKey& key) {
    return OnOneMachine(key, answer.key);
  };
  const auto any = [](const GroupKey&) { return true; };
  if (const Answer* const found = OnlyOne(place->second, same_key)) {
    return found;
  }
  if (const Answer* const found = OnlyOne(place->second, same_machine)) {
    return found;
  }
  return before.at(group).size() == 1 ? OnlyOne(place->second, any) : nullptr;
}

}  // namespace

std::vector<GroupPartners> FindGroupPartners(std::span<const Answer> baseline,
                                             std::span<const Answer> now) {
  const AnswersByGroup before = ByGroup(baseline);
  const AnswersByGroup after = ByGroup(now);
  std::vector<GroupPartners> partners;
  for (const Answer& answer : baseline) {
    if (const Answer* const partner = PartnerOf(answer, before, after)) {
      partners.push_back({&answer, partner});
    }
  }
  return partners;
}

}  // namespace hybrid
