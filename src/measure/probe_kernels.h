#ifndef HYBRID_MEASURE_PROBE_KERNELS_H_
#define HYBRID_MEASURE_PROBE_KERNELS_H_

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "kernels/tables.h"
#include "key/key.h"
#include "measure/site.h"
#include "results/row.h"
#include "sweep/sweep.h"

namespace hybrid {

/// Is told what is being done now: "probing kernels 3/6".
using Say = std::function<void(const std::string& step)>;

/// Those of `keys` that name kernels which their library does not have or this
/// CPU does not run, and why: a second or two where they name any. Throws
/// FlagError for a name that none of the libraries has.
std::vector<SkippedKey> CheckNamedKernels(std::span<const Key> keys,
                                          const Site& site);

/// The same, of what ProbeKernels found.
std::vector<SkippedKey> WithoutKernels(std::span<const Key> keys,
                                       const KernelsTables& tables);

/// The kernels that `keys` ask for, about two seconds where any asks for the
/// best ones; what `resumed` rows ran with is taken over instead. Empty if a
/// signal came. Throws FlagError as CheckNamedKernels does. `say` is told of
/// each step.
KernelsTables ProbeKernels(std::span<const Key> keys,
                           std::span<const Row> resumed, const Site& site,
                           const Say& say);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_PROBE_KERNELS_H_
