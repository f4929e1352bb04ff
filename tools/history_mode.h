#ifndef HYBRID_TOOLS_HISTORY_MODE_H_
#define HYBRID_TOOLS_HISTORY_MODE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "compare/judge.h"

namespace hybrid {

/// What `hybrid-compare --history` was asked for.
struct HistoryOptions {
  std::vector<std::string> folders;
  std::size_t window = 10;
  std::string format = "text";  ///< or json
  std::string filter;
  bool anyway = false;
  bool all = false;
  bool gate = false;
  CompareSettings compare;
};

/// Prints the history of one machine's folders to standard output and returns
/// the exit status: 1 if the newest run has regressions, 2 if it is asked to be
/// a gate and that is undecided, else 0. Throws if nothing can be compared.
int ShowHistory(const HistoryOptions& options);

}  // namespace hybrid

#endif  // HYBRID_TOOLS_HISTORY_MODE_H_
