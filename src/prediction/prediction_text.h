#ifndef HYBRID_PREDICTION_PREDICTION_TEXT_H_
#define HYBRID_PREDICTION_PREDICTION_TEXT_H_

#include <string>

#include "prediction/grid.h"
#include "prediction/task_size.h"

namespace hybrid {

/// Which split to use for `size`: what was measured, if it was, else what the
/// measured sizes predict, how well they do, and the command that verifies it.
/// Throws PredictionError, which says why, where they predict nothing.
std::string PredictionText(const Grid& grid, const TaskSize& size);

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_PREDICTION_TEXT_H_
