#ifndef HYBRID_SEARCH_STATEMENT_TEXT_H_
#define HYBRID_SEARCH_STATEMENT_TEXT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "search/search_group.h"
#include "search/statement.h"

namespace hybrid {

/// What a statement doesn't know of its search.
struct SearchCircumstances {
  double used_s = 0;
  /// EstimateGridSeconds.
  std::optional<double> all_splits_s{};
  /// What left it no time.
  std::string out_of_time = "it was not finished";
  std::size_t most_rounds = kMostRounds;
  bool is_grid = false;  ///< not a search, but all splits in all rounds
};

/// What a search says beside the best split, as paragraphs without line ends:
/// how much of the grid it took, or a grid its rounds, and what may have been
/// missed, then what was not run or stopped, if anything.
std::vector<std::string> StatementText(const Statement& statement,
                                       const SearchCircumstances& search);

/// "1.4 %", "less than 0.1 %": no more digits than a chance is worth.
std::string ChanceText(double chance);

/// What kept `statement` from being surer: "12 rounds are the most".
std::string WhyNotSurer(const Statement& statement,
                        const SearchCircumstances& search);

}  // namespace hybrid

#endif  // HYBRID_SEARCH_STATEMENT_TEXT_H_
