#ifndef HYBRID_RESULTS_MACHINE_ID_H_
#define HYBRID_RESULTS_MACHINE_ID_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "results/row.h"

namespace hybrid {

/// `amd-epyc-2c-24g-1f3a9c07`: CPU, usable cores and GiB of memory for people,
/// then FNV-1a of the exact CPU, cores, GiB and operating system, of which the
/// arguments are what the columns of these names hold. Memory is rounded to
/// GiB because the kernel's own part of it varies by some MB. What may change
/// while a machine stays the same is left out, since its effect is what a
/// history is to show: the release of the kernel, point releases of the system,
/// and the BLAS. Only [a-z0-9-], so it can name a folder.
std::string MachineId(std::string_view cpu_model, std::uint64_t usable_cores,
                      std::uint64_t memory_bytes, std::string_view os);

/// The id of the machine that measured `row`. Version 3 recorded one that
/// depends on the BLAS: its rows get the one they would have now. Empty for
/// version 2, which does not tell the machine.
std::string MachineIdOf(const Row& row);

}  // namespace hybrid

#endif  // HYBRID_RESULTS_MACHINE_ID_H_
