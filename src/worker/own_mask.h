#ifndef HYBRID_WORKER_OWN_MASK_H_
#define HYBRID_WORKER_OWN_MASK_H_

#include "protocol/control_block.h"

namespace hybrid {

/// Writes the affinity mask of the calling thread into `report`.
void ReportMask(ReadyReport& report);

}  // namespace hybrid

#endif  // HYBRID_WORKER_OWN_MASK_H_
