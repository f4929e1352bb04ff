#ifndef HYBRID_REPORT_EVIDENCE_COLUMNS_H_
#define HYBRID_REPORT_EVIDENCE_COLUMNS_H_

#include "analysis/answer.h"
#include "analysis/split_result.h"
#include "base/json_fwd.h"

namespace hybrid {

/// The columns of the page's table of evidence: a title and a meaning each.
JsonArray EvidenceColumnsJson();

/// What the page's table of evidence says of `split`, which is one of `answer`:
/// one text for each column of EvidenceColumnsJson, in the same order.
JsonArray EvidenceTexts(const Answer& answer, const SplitResult& split);

}  // namespace hybrid

#endif  // HYBRID_REPORT_EVIDENCE_COLUMNS_H_
