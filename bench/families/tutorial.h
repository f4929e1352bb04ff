#ifndef HYBRID_BENCH_FAMILIES_TUTORIAL_H_
#define HYBRID_BENCH_FAMILIES_TUTORIAL_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "families/benchmark_list.h"
#include "flags/options.h"
#include "machine/machine.h"

namespace hybrid {

/// One of the five cases of the NumPy tutorial, and the seconds it printed for
/// it: one run each, on its author's machine of 4 cores, 100 pairs of random
/// 2000 × 2000 float64 matrices.
struct TutorialCase {
  std::string_view name;
  std::string_view what;
  double tutorial_s;
};
inline constexpr std::array<TutorialCase, 5> kTutorialCases{{
    {"serial", "no parallelism", 33.1},
    {"blas_threads_default", "default BLAS threads", 15.9},
    {"blas_threads_physical", "BLAS threads = physical cores", 15.9},
    {"processes", "processes × 1 thread", 11.5},
    {"processes_blas_threads", "processes × default threads", 12.1},
}};
inline constexpr std::uint64_t kTutorialN = 2000;
inline constexpr std::uint64_t kTutorialBatch = 100;

/// The configuration of a case on `machine`; --n and --batch override the
/// tutorial's where they were given, with their first value. All products end
/// up with the caller there, hence Collect::kShared.
Key TutorialKey(const TutorialCase& tutorial_case, const Options& options,
                const Machine& machine);

/// The same as the user's program does it, which is started once for all pairs:
/// `processes_script`. Its BLAS is its own.
Key TutorialScriptKey(const TutorialCase& tutorial_case, const Options& options,
                      const Machine& machine);
inline constexpr std::string_view kScriptSuffix = "_script";

/// Adds the family `Tutorial`, a benchmark for each case, and one more where
/// the options have a program for a whole batch; those that may not run are
/// skipped.
void AddTutorial(const Options& options, const Machine& machine,
                 BenchmarkList& list);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FAMILIES_TUTORIAL_H_
