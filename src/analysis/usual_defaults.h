#ifndef HYBRID_ANALYSIS_USUAL_DEFAULTS_H_
#define HYBRID_ANALYSIS_USUAL_DEFAULTS_H_

#include <string>
#include <vector>

#include "analysis/answer.h"

namespace hybrid {

/// The splits that people's launchers choose where nobody chooses, and what the
/// best gains over each: only those that were measured as processes. `base` is
/// who chooses it: "joblib, dask". Empty if there is no best, or on one core,
/// where they are all the same.
std::vector<Gain> FindUsualDefaults(const Answer& answer);

/// Who chooses `split`, which is one of the usual defaults: "joblib, dask";
/// empty if nobody does.
std::string UsualChooser(const Answer& answer, const Split& split);

/// For people, an item each: "joblib, dask (2×1): the best", "Pool(2), all BLAS
/// threads (2×2): 1.31× the time". Nothing where of none but the best is known
/// how it fares.
std::vector<std::string> UsualDefaultsItems(const Answer& answer);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_USUAL_DEFAULTS_H_
