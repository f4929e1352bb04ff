#ifndef HYBRID_BENCH_FLAGS_KNOWN_OPERATIONS_H_
#define HYBRID_BENCH_FLAGS_KNOWN_OPERATIONS_H_

#include <optional>
#include <string>
#include <string_view>

#include "sweep/config.h"

namespace hybrid {

// The one place where the flags ask which operations there are.

/// Their names: `gemm, none`.
std::string OperationNames();

/// Their names for --help, with a note where a name alone would not do.
std::string OperationHelp();

/// The one called `name`, or nothing.
std::optional<Operation> KnownOperation(std::string_view name);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_KNOWN_OPERATIONS_H_
