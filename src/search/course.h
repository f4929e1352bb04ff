#ifndef HYBRID_SEARCH_COURSE_H_
#define HYBRID_SEARCH_COURSE_H_

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "search/launch.h"
#include "search/launch_table.h"
#include "search/lower_bound.h"
#include "search/search_group.h"
#include "search/statement.h"
#include "statistics/race.h"

namespace hybrid {

/// The course that a search took, followed through its launches from the start:
/// at each step what had been measured by then decides what comes next, so that
/// nothing needs to be known but the launches.
class Course {
 public:
  /// Both must outlive it. Throws std::invalid_argument for two launches of one
  /// LaunchId.
  Course(const SearchGroup& group, std::span<const Launch> launches);

  /// The first launch that is missing; nothing if the search is done.
  std::optional<PlannedLaunch> Follow();

  /// What can be said of what Follow passed.
  Statement Conclude() const;

 private:
  /// The launch of this id, or nothing: then it is the missing one, unless
  /// another is already.
  const Launch* Take(std::size_t split, Stage stage, std::size_t round,
                     double cap_s);

  void Screen();
  void ScreenOne(std::size_t split);
  /// Launches 1×1 for the lower bounds, where these are of use.
  void Bound();
  std::vector<std::size_t> ScreeningOrder() const;

  void RunRace();
  void Judge();
  /// Whether nothing more is to be run, and why.
  bool IsOver();
  std::vector<std::size_t> NextRacers() const;
  /// Who is in the next round of a grid.
  std::vector<std::size_t> GridRacers() const;
  /// False if a launch is missing.
  bool RunRound(const std::vector<std::size_t>& racers);

  SearchedSplit Describe(std::size_t split) const;

  const SearchGroup& group_;
  const LaunchTable table_;
  std::size_t count_;  // splits
  std::optional<PlannedLaunch> missing_;
  /// The least time of the screening so far.
  std::optional<double> leader_s_;
  std::vector<std::optional<double>> bounds_;
  std::vector<bool> is_bounded_;
  /// Of each split the launches that count, in order.
  std::vector<std::vector<const Launch*>> counted_;
  std::vector<Racer> racers_;
  std::optional<Race> race_;
  std::vector<double> chances_;
  double chance_ = 0;
  std::size_t rounds_ = 0;
  SearchEnd end_ = SearchEnd::kOutOfTime;
};

}  // namespace hybrid

#endif  // HYBRID_SEARCH_COURSE_H_
