#ifndef HYBRID_BENCH_FAMILIES_NOISE_H_
#define HYBRID_BENCH_FAMILIES_NOISE_H_

#include "families/hybrid.h"
#include "sweep/sweep.h"

namespace hybrid {

/// Adds the family `Noise`, the A/A check: for each order of the sweep the
/// split cores × 1 with the smallest batch and the first operation that
/// computes anything, measured against itself. Each repetition launches one
/// pool after the other, A and B, in alternating order, and measures both
/// alike, so that what differs between them is noise, that of launching
/// included. Leaves two rows a repetition, of the families `Noise/A` and
/// `Noise/B`. Orders that memory does not admit are left out, and all where no
/// operation computes.
void AddNoise(const SweepAxes& axes, Session& session, Fixtures& fixtures);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FAMILIES_NOISE_H_
