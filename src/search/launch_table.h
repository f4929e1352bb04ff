#ifndef HYBRID_SEARCH_LAUNCH_TABLE_H_
#define HYBRID_SEARCH_LAUNCH_TABLE_H_

#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "key/key.h"
#include "search/launch.h"
#include "search/search_group.h"

namespace hybrid {

/// The launches of a group's splits, found by what identifies them.
class LaunchTable {
 public:
  /// Keeps pointers to `launches`. Throws std::invalid_argument for two of one
  /// LaunchId.
  LaunchTable(const SearchGroup& group, std::span<const Launch> launches);

  /// The splits of which no launch failed, and those of which one did; from the
  /// fewest threads in all to the most, then by hosts and workers.
  const std::vector<Split>& splits() const { return splits_; }
  const std::vector<Split>& failed() const { return failed_; }

  /// Nothing if there is none.
  const Launch* Find(std::size_t split, Stage stage, std::size_t round) const;

 private:
  std::vector<Split> splits_;
  std::vector<Split> failed_;
  std::map<LaunchId, const Launch*> launches_;
};

}  // namespace hybrid

#endif  // HYBRID_SEARCH_LAUNCH_TABLE_H_
