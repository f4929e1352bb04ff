#ifndef HYBRID_ALTERNATE_ALTERNATION_H_
#define HYBRID_ALTERNATE_ALTERNATION_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "alternate/contender.h"
#include "compare/comparison.h"
#include "statistics/paired_verdict.h"

namespace hybrid {

/// Two programs, and how long they are measured in turn.
struct AlternationSettings {
  Contender baseline;
  Contender now;
  std::string folder;  ///< AlternationFiles
  CompareSettings compare{};
  std::size_t most_rounds = Looks().most_rounds;
  std::optional<double> budget_s{};  ///< for all rounds together
};

/// What measuring in turn came to.
struct Alternation {
  Comparison comparison;
  std::size_t rounds = 0;    ///< that both sides have
  std::size_t open = 0;      ///< configurations that more rounds might decide
  bool out_of_time = false;  ///< the budget ended it, not the rounds
};

/// Measures two programs in turn, in rounds: each round goes through the
/// configurations that are still open, in an order of its own, and has either
/// side measure it once, in a process of its own, one right behind the other;
/// which comes first is drawn. For on a shared machine what lies a tenth of a
/// second apart finds it as it was, and what lies seconds apart does not. Ends
/// when every configuration is decided, after `most_rounds`, those that the
/// folder held included, or before a round that would not fit the budget.
/// `tell` gets a line after each round. Throws AlternationError.
Alternation Alternate(const AlternationSettings& settings,
                      const std::function<void(const std::string&)>& tell);

}  // namespace hybrid

#endif  // HYBRID_ALTERNATE_ALTERNATION_H_
