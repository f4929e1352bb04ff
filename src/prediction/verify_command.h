#ifndef HYBRID_PREDICTION_VERIFY_COMMAND_H_
#define HYBRID_PREDICTION_VERIFY_COMMAND_H_

#include <span>
#include <string>
#include <string_view>

#include "key/key.h"
#include "prediction/grid.h"
#include "prediction/task_size.h"

namespace hybrid {

/// The flags of bench that the line below has as the file has them: how it
/// measures, none of what it starts, loads or writes. Whoever wrote the file
/// wrote them. Neither a search nor a budget: all of what is named is measured.
std::span<const std::string_view> PastedFlags();

/// Those that only the user may give, of what the key does not tell.
std::span<const std::string_view> UsersFlags();

/// The line for a shell that measures `splits` at `size` as the grid was
/// measured: its way of measuring, and the other flags of its newest run. All
/// splits that `bench` would take if there are none of them. Of the flags that
/// choose what else is started or loaded, which no file may choose, a comment
/// behind it tells the names.
std::string VerifyCommand(const Grid& grid, const TaskSize& size,
                          std::span<const Split> splits = {});

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_VERIFY_COMMAND_H_
