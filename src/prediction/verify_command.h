#ifndef HYBRID_PREDICTION_VERIFY_COMMAND_H_
#define HYBRID_PREDICTION_VERIFY_COMMAND_H_

#include <span>
#include <string>

#include "key/key.h"
#include "prediction/grid.h"
#include "prediction/task_size.h"

namespace hybrid {

/// The line for a shell that measures `splits` at `size` as the grid was
/// measured: its way of measuring, and the other flags of its newest run. All
/// splits that `bench` would take if there are none of them. Of the flags that
/// choose what else is started or loaded, which no file may choose, a comment
/// behind it tells the names.
std::string VerifyCommand(const Grid& grid, const TaskSize& size,
                          std::span<const Split> splits = {});

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_VERIFY_COMMAND_H_
