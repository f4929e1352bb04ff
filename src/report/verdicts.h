#ifndef HYBRID_REPORT_VERDICTS_H_
#define HYBRID_REPORT_VERDICTS_H_

#include "base/json_fwd.h"

namespace hybrid {

/// How the page shows each verdict: name, symbol, word and meaning, so that it
/// is never told by colour alone; whether a split with it `leads`, and whether
/// it is a `rival`, which may be as good as the best.
JsonArray VerdictsJson();

}  // namespace hybrid

#endif  // HYBRID_REPORT_VERDICTS_H_
