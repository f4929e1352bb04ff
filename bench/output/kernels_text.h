#ifndef HYBRID_BENCH_OUTPUT_KERNELS_TEXT_H_
#define HYBRID_BENCH_OUTPUT_KERNELS_TEXT_H_

#include <string>

#include "kernels/tables.h"

namespace hybrid {

/// What the probe of kernels chose, and what went wrong in it; with `verbose`
/// also what runs here and how fast each was. Empty where nothing was probed.
std::string KernelsText(const KernelsTables& tables, bool verbose);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_KERNELS_TEXT_H_
