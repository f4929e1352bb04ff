#ifndef HYBRID_BENCH_SELECTION_H_
#define HYBRID_BENCH_SELECTION_H_

#include <cstddef>
#include <optional>

#include "families/benchmark_list.h"
#include "flags/command_line.h"
#include "flags/google_flags.h"
#include "machine/machine.h"
#include "measure/resume_plan.h"
#include "measure/site.h"

namespace hybrid {

/// What of all families --benchmark_filter selects. What may not run is
/// filtered by the same names. In a search a benchmark is a whole group, whose
/// configurations have its name.
BenchmarkList SelectBenchmarks(const CommandLine& line, const Machine& machine);

/// The name of `key`'s benchmark as Google Benchmark completes it.
std::string CompleteName(const Key& key, const CommandLine& line);

/// Whether `key` is measured once unless the user says otherwise: the tutorial
/// timed each case once, and a case takes up to minutes.
bool RunsOnce(const Key& key, const GoogleFlags& flags);

/// Whether the user left it to us how often to repeat, and nothing but
/// repetitions is asked for.
bool RepeatsByDefault(const GoogleFlags& flags);

/// How many repetitions `key` gets, fewer of a long batch where
/// RepeatsByDefault.
std::size_t RepetitionsOf(const Key& key, const GoogleFlags& flags);

/// Moves what a library of `site` turned out not to do, as WhyNotAt has it, and
/// what the rows of `resume` leave no memory for to what is skipped; `resume`,
/// the plan of `list` if there is one, forgets it.
void SkipImpossible(const Site& site, BenchmarkList& list,
                    std::optional<ResumePlan>& resume);

/// Throws std::runtime_error that says why `list` has nothing to run.
[[noreturn]] void RefuseNothing(const BenchmarkList& list,
                                const CommandLine& line);

}  // namespace hybrid

#endif  // HYBRID_BENCH_SELECTION_H_
