#ifndef HYBRID_ANALYSIS_MEMORY_TRAFFIC_H_
#define HYBRID_ANALYSIS_MEMORY_TRAFFIC_H_

#include <cstdint>
#include <optional>

#include "analysis/group_key.h"
#include "analysis/recorded_ceilings.h"
#include "analysis/split_result.h"

namespace hybrid {

/// Bytes that `workers` workers of a host touch while they do a batch: each the
/// operands and the product of one task again and again; where operands are
/// `resident` or products `shared`, those of the whole batch. Nothing for an
/// operation that this build does not know.
std::optional<double> WorkingSetBytes(const GroupKey& key,
                                      std::uint64_t workers);

/// An estimate of the bytes that one task moves between memory and caches if
/// the working set fits no cache: of what is written, twice its bytes (a line
/// is read before it is written, "write-allocate"), of what is read, its bytes.
/// Fresh operands are written and read, others only read; the product is
/// written. The BLAS's packing and repeated reads are left out, as they mostly
/// hit caches: a lower bound of the operation's own traffic. Nothing for an
/// operation that this build does not know.
std::optional<double> BytesPerTask(const GroupKey& key);

/// The estimated traffic of each host of `split` as a fraction of the triad's
/// bandwidth on all its cores; 0 if its working set fits the caches, nothing if
/// a figure is missing. May pass 1: an estimate, and the triad counts no
/// write-allocate.
std::optional<double> MemoryFraction(const GroupKey& key,
                                     const RecordedCeilings& ceilings,
                                     const SplitResult& split);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_MEMORY_TRAFFIC_H_
