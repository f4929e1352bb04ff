#ifndef HYBRID_HISTORY_STEPS_H_
#define HYBRID_HISTORY_STEPS_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "history/series.h"
#include "statistics/modes.h"

namespace hybrid {

/// What counts as a step.
struct StepSettings {
  /// Smaller changes of the level are not told: 0.03 is 3 %.
  double threshold = 0.03;
  /// The expected share of false ones among the steps found.
  double false_discovery_rate = 0.02;
  /// Take a jump between two levels for a step, though it may be by chance.
  bool judge_bimodal = false;
};

/// How a configuration's time changed in the course of a history.
enum class StepKind {
  kStep,        ///< from one run on it is on another level
  kDrift,       ///< it grew or shrank a little with every run
  kOutlierRun,  ///< one run stands apart; those after it are as those before it
  kBimodal,     ///< it looks like a step, but runs jump between two levels
};

/// A change in the history of one configuration.
struct Step {
  StepKind kind = StepKind::kStep;
  std::size_t series = 0;  ///< index of the series
  /// Index of the first run of the new level, of the last run of a drift, or of
  /// the outlier run.
  std::size_t run = 0;
  /// Index of the last run of the old level, of the first run of a drift, or of
  /// the run before the outlier run.
  std::size_t run_before = 0;
  std::string commit;         ///< of `run`
  std::string commit_before;  ///< of `run_before`
  /// The new time over the old: 1.12 is slower. Of a step the medians of both
  /// levels' run medians, of a drift the ends of its line, of an outlier run
  /// its time over that of the runs on both sides.
  double ratio = 1;
  /// Of a step the larger one of the two tests that FindSteps makes, adjusted
  /// for all configurations and runs; of a drift the smallest of the steps in
  /// whose place it stands; 1 for an outlier run, too little for a test.
  double p_value = 1;
  /// Of a step: the newest run is on its side still, so that nothing since has
  /// taken it back.
  bool lasts = false;
  /// Of what is bimodal the two levels; of all else nothing.
  std::optional<Modes> modes{};
  /// Of a step: on one side of it workers lived on through all repetitions, and
  /// on the other they were launched anew for each, which may be all it is.
  bool other_launches = false;
};

/// A configuration that completed in fewer runs can't have a step: there are
/// two runs on either side of one.
inline constexpr std::size_t kFewestForStep = 4;

/// Finds out from which run on configurations became slower or faster, for the
/// series of `runs`. A step stands where all of these agree:
/// - The best segmentation of the runs' logarithms (segments.h) cuts there,
///   outlier runs left out. A run counts with the mean logarithm of its middle
///   repetitions, which scatters less than their median.
/// - The ratio of the levels exceeds the threshold and the median noise floor
///   of the runs on both sides.
/// - The repetitions of the segments on both sides differ: Mann-Whitney.
/// - The runs differ by more than they scatter within the segments: Student's
///   t-test on these logarithms, the scatter pooled. Repetitions of
///   one run are not independent, since a run has its own placement in memory
///   and its own neighbours; so the test on repetitions alone would take any
///   two runs for different. Each run counts once here. A t-test and not a
///   permutation test (Pettitt 1979; Matteson and James 2014), since with two
///   runs of twenty behind a step 1 % of all orders look alike, however large
///   it is; M. Fleming, P. Kołaczkowski et al., "Hunter: Using Change Point
///   Detection to Hunt for Performance Regressions", ICPE 2023, do the same.
/// Both tests' p-values are adjusted after Benjamini and Hochberg over all
/// boundaries between runs of all configurations; boundaries that are no cut
/// count as tests with p = 1. What fails a cut takes one cut from its series,
/// which is then segmented anew.
///
/// What can't be told: a step before the last run, which is one run against
/// many and left to the comparison of the newest run with those before it; a
/// step after the first run; with few runs a step that is small against their
/// scatter (three on each side of one among 36 configurations need 12 times
/// it). Where levels are only 4 standard deviations of a run apart, one step in
/// 25 is placed a run beside the right one, which no method can avoid. Runs of
/// one and the same commit may differ, too: then the machine changed.
///
/// A step that may be by chance (jumps.h) is none: its series is bimodal, told
/// once, where it last looked like a step, unless that is to be judged.
///
/// Worst first: steps and drifts by what they slow down, then what is bimodal,
/// then outlier runs.
std::vector<Step> FindSteps(std::span<const HistoryRun> runs,
                            std::span<const Series> series,
                            const StepSettings& settings = {});

}  // namespace hybrid

#endif  // HYBRID_HISTORY_STEPS_H_
