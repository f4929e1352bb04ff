#ifndef HYBRID_SWEEP_SPLITS_H_
#define HYBRID_SWEEP_SPLITS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "key/key.h"
#include "sweep/axis.h"

namespace hybrid {

/// The powers of two up to `most`, which is at least 1, and `most`: how work
/// scales.
std::vector<std::uint64_t> ScaleUpTo(std::uint64_t most);

/// The splits of a batch of `batch` tasks, from the fewest threads in all to
/// the most, so that the time of a good split is known before a pathological
/// one starts. Two lists give their whole product. Where both axes are `auto`:
///
/// - the powers of two, and the usable cores C, as far as the cores go: how the
///   work scales;
/// - d × C/d for every divisor d of C, and where the batch has fewer tasks than
///   there are cores ⌈batch/k⌉ × ⌊C/⌈batch/k⌉⌋ for k = 1 … 4: all cores busy,
///   and no worker with less to do than others. One of these is mostly best;
/// - 1 × 2C, 2C × 1 and C × C, which is what most libraries do when nobody sets
///   anything: the traps.
///
/// So many divisors as 120 has would make that many splits: of those that leave
/// cores idle the smallest then go. A list for one axis stays as given; `auto`
/// brings for each of its values the partners that it has above, and the one
/// that fills the cores.
std::vector<Split> SplitsOf(const Axis& workers, const Axis& blas_threads,
                            int usable_cores, std::uint64_t batch);

/// The same for each of `engines` on each of `host_counts` (at least 1 each),
/// where a host has its part of the batch; those of as many threads in all next
/// to each other. Batched calls have one worker, whatever `workers` says.
std::vector<Split> SplitsOf(std::span<const std::uint64_t> host_counts,
                            std::span<const Engine> engines,
                            const Axis& workers, const Axis& blas_threads,
                            int usable_cores, std::uint64_t batch);

}  // namespace hybrid

#endif  // HYBRID_SWEEP_SPLITS_H_
