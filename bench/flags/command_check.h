#ifndef HYBRID_BENCH_FLAGS_COMMAND_CHECK_H_
#define HYBRID_BENCH_FLAGS_COMMAND_CHECK_H_

#include "flags/options.h"

namespace hybrid {

/// Throws FlagError where --command or --prepare can't be run as `options` say:
/// there is no such folder or program, or it may not be executed, or it has a
/// placeholder that its protocol does not know. What a file of --resume adds
/// has to be among `options`.
void CheckCommand(const Options& options);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_COMMAND_CHECK_H_
