#ifndef HYBRID_SEARCH_SIMULATED_SEARCH_H_
#define HYBRID_SEARCH_SIMULATED_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "key/key.h"
#include "search/launch.h"
#include "search/search_simulator.h"
#include "search/statement.h"

namespace hybrid {

struct SimulatedSearchSettings {
  std::optional<double> budget_s{};
  /// Without it the first workers of a split live on through all rounds.
  bool starts_anew = true;
};

/// What a search of a simulated group came to.
struct SimulatedSearch {
  Statement statement;
  std::vector<Launch> launches;
  double seconds = 0;
  double last_launch_s = 0;  ///< what the last launch took
  double regret = 0;         ///< of the split it chose
};
SimulatedSearch SearchSimulated(const SimulatedGroup& group, std::uint64_t seed,
                                const SimulatedSearchSettings& settings = {});

/// What the whole grid comes to, split by split, each with 7 repetitions of a
/// tenth of a second in one launch.
struct SimulatedGrid {
  double seconds = 0;
  double regret = 0;
};
SimulatedGrid RunSimulatedGrid(const SimulatedGroup& group, std::uint64_t seed);

/// What many searches came to, as shares of them.
struct SearchSummary {
  std::size_t runs = 0;
  double worse_than_3_percent = 0, worse_than_10_percent = 0;
  double stated = 0;          ///< mean chance
  double says_5_percent = 0;  ///< states no more than that
  double wrong_of_these = 0;  ///< more than 3 % off, as a share of these
  double gain_exceeded = 0;   ///< worse than the 95 % bound
  double time_of_grid = 0;    ///< as a share, all together
  double median_time = 0;     ///< of a run's time as a share of its grid's
  double measured = 0;        ///< of the splits
  double best_bounded = 0;    ///< runs more than 3 % off, the best bounded out
  double ties_of_equal = 0;   ///< ties among the splits within 1 % of the best
  double far_ties = 0;        ///< runs with a tie more than a tenth slower
  std::size_t most_rounds = 0;
};

/// Of `runs` searches of each group, with the grid's time of one run each.
struct GroupRuns {
  const SimulatedGroup* group = nullptr;
  double grid_s = 0;
  std::vector<SimulatedSearch> searches;
  std::vector<SimulatedGrid> grids;
};
std::vector<GroupRuns> RunGroups(const std::vector<SimulatedGroup>& groups,
                                 std::size_t runs,
                                 const SimulatedSearchSettings& settings = {},
                                 bool with_grids = false);

/// Of those of `runs` on machines of `least` to `most` cores.
SearchSummary Summarise(std::span<const GroupRuns> runs, int least = 1,
                        int most = 1 << 20);

/// Calls `task(i)` for every i below `count`, on all cores.
void InParallel(std::size_t count,
                const std::function<void(std::size_t)>& task);

}  // namespace hybrid

#endif  // HYBRID_SEARCH_SIMULATED_SEARCH_H_
