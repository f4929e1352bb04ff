#ifndef HYBRID_WORKER_OWN_MASK_H_
#define HYBRID_WORKER_OWN_MASK_H_

#include <sys/types.h>

#include <optional>

#include "protocol/control_block.h"

namespace hybrid {

/// The affinity mask of the thread of any process, 0: the calling one. Nothing
/// if it is gone or the system doesn't tell.
std::optional<CpuMask> MaskOfThread(pid_t tid);

/// Writes the affinity mask of the calling thread into `report`.
void ReportMask(ReadyReport& report);

/// Binds the calling thread, and those that it starts, to `cpus` if there are
/// any. Throws std::runtime_error where the system refuses.
void BindThread(const CpuMask& cpus);

}  // namespace hybrid

#endif  // HYBRID_WORKER_OWN_MASK_H_
