#ifndef HYBRID_TOOLS_RUN_MODE_H_
#define HYBRID_TOOLS_RUN_MODE_H_

#include <optional>
#include <string>
#include <vector>

#include "alternate/alternation.h"

namespace hybrid {

/// What is asked of hybrid-compare --run.
struct RunOptions {
  std::string baseline;  ///< a program
  std::string now;       ///< another; empty: the same
  std::vector<std::string>
      own_flags;                   ///< of each side, a shell's words; or none
  std::vector<std::string> flags;  ///< of both sides
  std::string rounds;              ///< at most; empty: as many as usual
  std::string budget;              ///< of time; empty: none
  std::string into;                ///< a folder; empty: a new one
  CompareSettings compare{};
};

/// Splits what stands behind `--` off the `arguments`, if there is any.
std::vector<std::string> TakeFlagsBehindDashes(
    std::vector<std::string>& arguments);

/// Measures both sides in turn, and tells each round on stderr, and how to go
/// on. Throws std::runtime_error for options that can't be taken, and
/// AlternationError.
Alternation MeasureInTurn(const RunOptions& options);

}  // namespace hybrid

#endif  // HYBRID_TOOLS_RUN_MODE_H_
