#ifndef HYBRID_MEASURE_PROBE_KERNELS_H_
#define HYBRID_MEASURE_PROBE_KERNELS_H_

#include <functional>
#include <span>
#include <string>

#include "kernels/tables.h"
#include "key/key.h"
#include "measure/site.h"
#include "results/row.h"

namespace hybrid {

/// Is told what is being done now: "probing kernels 3/6".
using Say = std::function<void(const std::string& step)>;

/// Throws FlagError if `keys` name kernels that their library does not have or
/// this CPU does not run: a second or two where they name any.
void CheckNamedKernels(std::span<const Key> keys, const Site& site);

/// The kernels that `keys` ask for, about two seconds where any asks for the
/// best ones; what `resumed` rows ran with is taken over instead. Empty if a
/// signal came. Throws FlagError as CheckNamedKernels does.
/// `say` is told of each step.
KernelsTables ProbeKernels(std::span<const Key> keys,
                           std::span<const Row> resumed, const Site& site,
                           const Say& say);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_PROBE_KERNELS_H_
