#ifndef HYBRID_HISTORY_HISTORY_GATE_H_
#define HYBRID_HISTORY_HISTORY_GATE_H_

#include "compare/gate.h"
#include "history/load_history.h"
#include "history/newest_run.h"
#include "history/steps.h"

namespace hybrid {

/// Whether the gate fails for `step`: it made a configuration slower within the
/// window's runs, the newest included, and lasts, and its level is not
/// accepted.
bool FailsGate(const History& history, const Window& window, const Step& step);

/// Whether the newest run is slower or fails, and its level is not accepted.
bool NewestRegressed(const History& history, const NewestRun& newest);

/// A history as a gate of a CI job. Failed for steps that FailsGate names,
/// since the runs behind one no longer show it to a comparison; its line tells
/// the worst one and which --accept takes their level. Otherwise as FindGate
/// finds the newest run's comparison; but if the newest run is the accepted
/// one, it may be slower than those before it.
Gate FindHistoryGate(const History& history, const NewestRun& newest,
                     bool anyway = false);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_HISTORY_GATE_H_
