#include "analysis/missed_chance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <vector>

#include "analysis/answer.h"
#include "base/text.h"
#include "search/search_group.h"
#include "search/statement.h"
#include "search/statement_text.h"

namespace hybrid {
namespace {

/// Whether launches tell a chance, or why there is none.
bool TellsWhatIsMissed(const Answer& answer) {
  if (!answer.launched || !answer.launched->statement.best) return false;
  const Statement& statement = answer.launched->statement;
  return statement.chance || statement.Count(SearchOutcome::kUnmeasured) > 0;
}

/// The groups of `ways` whose launches tell what may have been missed.
std::vector<const Answer*> Launched(std::span<const Way> ways) {
  std::vector<const Answer*> launched;
  for (const Way& way : ways) {
    for (const Answer* const answer : way.answers) {
      if (answer->splits.size() > 1 && TellsWhatIsMissed(*answer)) {
        launched.push_back(answer);
      }
    }
  }
  return launched;
}

const Statement& StatementOf(const Answer* answer) {
  return answer->launched->statement;
}

/// That a worthwhile split was missed: certainly no less than any chance where
/// none is given, since splits were not run.
double ChanceOf(const Answer* answer) {
  return StatementOf(answer).chance.value_or(1.0);
}

bool HasSmallerChance(const Answer* a, const Answer* b) {
  const auto rank = [](const Answer* answer) {
    return std::tuple(!StatementOf(answer).chance.has_value(),
                      ChanceOf(answer));
  };
  return rank(a) < rank(b);
}

std::size_t CountGroups(std::span<const Way> ways) {
  std::size_t groups = 0;
  for (const Way& way : ways) groups += way.answers.size();
  return groups;
}

}  // namespace

std::string WhyMayBeMissed(std::span<const Way> ways,
                           std::span<const Way> all) {
  const std::vector<const Answer*> launched = Launched(ways);
  const auto unsure = std::count_if(
      launched.begin(), launched.end(),
      [](const Answer* one) { return ChanceOf(one) > kMostChanceMissed; });
  if (unsure == 0) return {};
  const Answer* const worst =
      *std::max_element(launched.begin(), launched.end(), HasSmallerChance);
  const Statement& statement = StatementOf(worst);
  const std::string where = GroupName(*worst, all);
  const std::string why =
      WhyNotSurer(statement, worst->launched->circumstances);
  std::string text =
      statement.chance
          ? fmt::format(
                "a split more than {:.0f} % faster was missed with a "
                "chance of {} at {} (estimated): {}",
                100 * kWorthwhileGain, ChanceText(*statement.chance), where,
                why)
          : fmt::format("{} of {} not run at {}: {}",
                        statement.Count(SearchOutcome::kUnmeasured),
                        Counted(statement.splits.size(), "split"), where, why);
  if (unsure > 1) {
    text += fmt::format("; {} more of {} groups are as unsure", unsure - 1,
                        launched.size());
  }
  return text;
}

std::string ChanceMissedText(std::span<const Way> ways) {
  const std::vector<const Answer*> launched = Launched(ways);
  const std::size_t groups = CountGroups(ways);
  if (launched.empty()) return {};
  const double most = ChanceOf(
      *std::max_element(launched.begin(), launched.end(), HasSmallerChance));
  const std::string chance = ChanceText(most);
  const bool is_bound = launched.size() > 1 && !chance.starts_with("less");
  std::string where;
  if (launched.size() < groups) {
    where = fmt::format(" in {} of {} groups", launched.size(), groups);
  } else if (groups > 1) {
    where = " in each group";
  }
  return fmt::format(
      "a split more than {:.0f} % faster was missed with a chance of {}{}{} "
      "(estimated)",
      100 * kWorthwhileGain, is_bound ? "at most " : "", chance, where);
}

}  // namespace hybrid
