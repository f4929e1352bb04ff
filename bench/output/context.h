#ifndef HYBRID_BENCH_OUTPUT_CONTEXT_H_
#define HYBRID_BENCH_OUTPUT_CONTEXT_H_

#include <optional>
#include <string>
#include <vector>

#include "ceilings/ceilings.h"
#include "kernels/choice.h"
#include "machine/machine.h"
#include "measure/pool_keeper.h"
#include "pool/worker_group.h"
#include "sweep/sweep.h"

namespace hybrid {

/// What stands above the table: the machine, what of it is usable and why not
/// more, the BLAS that workers run, what was kept from them.
struct Context {
  const Machine& machine;
  const Environment& environment;
  PoolStart blas;          ///< what a worker said; empty if none could start
  std::string blas_error;  ///< why none could start
  /// The same of a worker of one thread, if that runs another build.
  std::string one_thread_threading{};
  KernelsTable kernels{};
  std::optional<Ceilings> ceilings{};
  std::vector<std::string> warnings{};  ///< StateWarnings
  std::string machine_id{};
  std::string os{};
};

/// Asks one worker what it runs with.
Context ReadContext(const Machine& machine, const Environment& environment,
                    const PoolKeeper& pools);

std::string ContextText(const Context& context);

/// Puts the same into the context of Google Benchmark's own output files.
void AddToGoogleContext(const Context& context);

/// The configurations that will not run, each with its reason; empty if there
/// are none.
std::string SkippedText(const std::vector<SkippedKey>& skipped);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_CONTEXT_H_
