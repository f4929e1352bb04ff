#ifndef HYBRID_MEASURE_RESUME_STANDINGS_H_
#define HYBRID_MEASURE_RESUME_STANDINGS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "results/row.h"

namespace hybrid {

/// A configuration that a run is to measure.
struct Wanted {
  std::string name;  ///< for messages
  Key key;
  std::size_t repetitions = 1;
  bool by_default = false;  ///< then RepetitionsDue applies
};

/// How far a wanted configuration is measured in the file.
struct Standing {
  bool done = false;
  std::uint64_t attempt = 0;  ///< the number that its rows get if it is not
};

/// How far an interrupted run came.
struct Standings {
  std::vector<Standing> of_wanted;  ///< as many as wanted, in that order
  std::size_t kept_rows = 0;        ///< so many of the file's rows stay
  std::vector<std::string> notes;   ///< what is odd about the file, a line each
};

/// Decides what of `wanted` the file's `rows` lack. A configuration is done if
/// its last attempt has all repetitions or was ended by the cap or a failure.
/// Rows of an attempt that is not whole are cut off where they are the file's
/// last. Elsewhere they stay, and the configuration gets another attempt: the
/// analysis uses the last one. Launches stay whatever others there are, and are
/// gone on from.
Standings FindStandings(std::span<const Row> rows,
                        std::span<const Wanted> wanted);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_RESUME_STANDINGS_H_
