#ifndef HYBRID_COMPARE_NAMED_SAMPLES_H_
#define HYBRID_COMPARE_NAMED_SAMPLES_H_

#include <string>
#include <vector>

#include "compare/comparison.h"
#include "compare/differences.h"
#include "compare/identity.h"
#include "compare/judge.h"
#include "statistics/bootstrap.h"

namespace hybrid {

/// What was measured under a name, by whatever program.
struct NamedSamples {
  std::string name;       ///< one line, not empty
  Runs runs{};            ///< seconds, positive; no run is empty
  std::string error{};    ///< what failed; empty: nothing did
  std::string not_run{};  ///< why there is nothing of it, if it says so
};

/// One side of a comparison of such.
struct NamedSide {
  Identity identity;                  ///< as far as anything is known of it
  std::vector<NamedSamples> samples;  ///< each name once
};

/// Compares two sides name by name, as Compare does what has keys: by the same
/// tests, and with the same verdicts. An error fails a name, whatever else was
/// measured of it; one that was not run on a side is as if it were not there,
/// and says why. `differences` are those of the sides. A pure function.
Comparison CompareNamed(const NamedSide& baseline, const NamedSide& now,
                        std::vector<Difference> differences,
                        const CompareSettings& settings);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_NAMED_SAMPLES_H_
