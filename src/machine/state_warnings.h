#ifndef HYBRID_MACHINE_STATE_WARNINGS_H_
#define HYBRID_MACHINE_STATE_WARNINGS_H_

#include <string>
#include <vector>

#include "machine/machine_state.h"

namespace hybrid {

/// What is wrong with the machine, one line each: why it matters and what to do
/// about it. Empty if nothing is wrong. `usable_cores` are those of the
/// Machine.
std::vector<std::string> StateWarnings(const MachineState& state,
                                       int usable_cores);

}  // namespace hybrid

#endif  // HYBRID_MACHINE_STATE_WARNINGS_H_
