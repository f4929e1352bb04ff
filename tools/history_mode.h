#ifndef HYBRID_TOOLS_HISTORY_MODE_H_
#define HYBRID_TOOLS_HISTORY_MODE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "compare/judge.h"

namespace hybrid {

/// What `hybrid-compare --history` was asked for.
struct HistoryOptions {
  std::vector<std::string> folders;  ///< of one machine's runs
  std::size_t window = 10;  ///< how many runs the newest is compared with
  std::string
      accept;  ///< run_id from which on levels are accepted; empty: none
  std::string format = "text";  ///< or json
  std::string filter;           ///< a regular expression; empty: all
  bool anyway = false;          ///< also compare what would be refused
  bool all = false;             ///< also list what is the same
  bool gate = false;            ///< end with the gate's verdict
  CompareSettings compare;
};

/// Prints the history of one machine's folders to standard output and returns
/// the exit status: 1 if the newest run has regressions, or a gate is asked for
/// and a step fails it; 2 if that gate is undecided; else 0. Throws
/// std::runtime_error, of one line, if nothing can be compared.
int ShowHistory(const HistoryOptions& options);

}  // namespace hybrid

#endif  // HYBRID_TOOLS_HISTORY_MODE_H_
