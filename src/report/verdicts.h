#ifndef HYBRID_REPORT_VERDICTS_H_
#define HYBRID_REPORT_VERDICTS_H_

#include "base/json_fwd.h"

namespace hybrid {

/// Each verdict's name, symbol, word and meaning, so that it is never told by
/// colour alone; and whether a split with it leads, or may be as good as those
/// that do.
JsonArray VerdictsJson();

}  // namespace hybrid

#endif  // HYBRID_REPORT_VERDICTS_H_
