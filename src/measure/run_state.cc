#include "measure/run_state.h"

#include <utility>

#include "measure/interrupt.h"

namespace hybrid {

RunState::RunState(const RunContext& context, CapPolicy known_caps,
                   MeasuredMemory known_memory)
    : pools(context),
      caps(std::move(known_caps)),
      memory(std::move(known_memory)) {
  if (context.ceilings && !context.site.workers.elsewhere) {
    speed.emplace(UsableCores(context.site.machine), *context.ceilings,
                  &Interrupted);
  }
}

}  // namespace hybrid
