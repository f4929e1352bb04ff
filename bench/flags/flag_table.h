#ifndef HYBRID_BENCH_FLAGS_FLAG_TABLE_H_
#define HYBRID_BENCH_FLAGS_FLAG_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "flags/flag.h"

namespace hybrid {

/// The switch that gives other flags their quick_value for a default.
inline constexpr char kQuickFlag[] = "--quick";

/// The one table of flags: all of ours in the order of --help, then those of
/// Google Benchmark's that decide what is measured or how.
const std::vector<Flag>& FlagTable();

/// The row of `name` (`--n`), null if there is none.
const Flag* FindFlag(std::string_view name);

/// The flags that result files record, in the order of their column `flags`.
std::vector<const Flag*> RecordedFlags();

/// The names of all our flags (`--n`) but --help, in its order.
std::vector<std::string> FlagNames();

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_FLAG_TABLE_H_
