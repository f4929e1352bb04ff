#include "measure/run_state.h"

#include <utility>

#include "measure/interrupt.h"

namespace hybrid {

RunState::RunState(const RunContext& context, CapPolicy known_caps,
                   MeasuredMemory known_memory)
    : pools(context),
      caps(std::move(known_caps)),
      memory(std::move(known_memory)),
      system(context.site.machine.topology.shared_cpus) {
  if (context.ceilings) {
    speed.emplace(UsableCores(context.site.machine), *context.ceilings,
                  &Interrupted);
  }
}

}  // namespace hybrid
