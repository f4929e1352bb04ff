#ifndef HYBRID_ANALYSIS_SCREEN_TABLE_H_
#define HYBRID_ANALYSIS_SCREEN_TABLE_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analysis/ways.h"

namespace hybrid {

/// Lines of at most 80 columns, and how many groups they show.
struct ScreenTable {
  std::vector<std::string> lines;
  std::size_t groups = 0;
};

/// A header and a line for each group of `ways`, as many as `most_groups` and
/// `most_lines` allow: n, batch, the split to use, its time and spread, its
/// share of the machine's peak, what it gains over 1×1, 1×cores and
/// cores×cores, and from how many tasks on it pays, start-up included.
ScreenTable MakeScreenTable(std::span<const Way> ways, std::size_t most_groups,
                            std::size_t most_lines);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_SCREEN_TABLE_H_
