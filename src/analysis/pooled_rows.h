#ifndef HYBRID_ANALYSIS_POOLED_ROWS_H_
#define HYBRID_ANALYSIS_POOLED_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/counted_rows.h"
#include "analysis/evidence.h"
#include "results/row.h"
#include "statistics/bootstrap.h"
#include "statistics/modes.h"

namespace hybrid {

/// What the repetitions of one configuration amount to, for every purpose: the
/// answer, tables, comparisons, histories and the page. CountRows says which of
/// them count. Times are seconds per batch.
struct PooledRows {
  PooledStatus status = PooledStatus::kMissing;
  /// Times of the repetitions that count, by run.
  Runs runs;
  /// Times of the repetitions that count, of all runs together.
  std::vector<double> samples;
  std::optional<double> median_s;  ///< of the samples; only if kOk
  std::optional<double> spread;    ///< RelativeSpread; only if kOk
  std::optional<double> low_s;     ///< the fastest sample; only if kOk
  std::optional<double> high_s;    ///< the slowest sample; only if kOk
  /// The two levels that the samples jump between, if they do (FindModes); of
  /// several runs half at least have to show both, else it is a step.
  std::optional<Modes> modes;
  std::optional<double> tasks_per_s;  ///< median; only if kOk or kCapped
  std::optional<double> gflops;       ///< median; only if kOk or kCapped

  std::size_t completed = 0;  ///< repetitions, disturbed ones included
  /// Completed repetitions that are left out; of a search also those that were
  /// disturbed and count, being all there is.
  std::size_t disturbed = 0;
  /// What disturbed the repetitions that are left out: "steal 6.2 % of …".
  std::string disturbance;
  /// The least time of all completed repetitions, disturbed ones included.
  std::optional<double> fastest_s;

  std::vector<double> capped_times;  ///< until the cap took effect
  std::optional<double> capped_s;    ///< median of capped_times
  std::vector<double> rates;         ///< tasks/s of capped repetitions
  /// What disturbed the first of the capped repetitions that was disturbed.
  std::string capped_disturbance;
  std::string error;  ///< the first error of what failed; empty: nothing did
  /// What a search knows that a batch takes at least: Row::bound_s.
  std::optional<double> bound_s;

  bool oversubscribed = false;  ///< more BLAS threads than usable cores
  /// Every repetition had workers of its own, so that the samples scatter as
  /// launches do. Within one launch they scatter less.
  bool launched_anew = false;
  std::string kernels;         ///< that ran; if several, "zen3, haswell"
  std::string blas;            ///< Key::blas
  std::string blas_file;       ///< its real path; empty if not recorded
  std::string system_blas;     ///< Row::system_blas, of the first that has it
  std::string blas_threading;  ///< that ran; if several, "none, openmp"
  std::string batched_call;    ///< Row::batched_call
  std::string libraries;       ///< Row::libraries, of the first that has any
  std::string verified_by;     ///< who did; if several, "program, nobody"
  /// The most of any repetition: Row::peak_memory_bytes.
  std::optional<std::uint64_t> peak_memory_bytes;
  std::string cpus;     ///< Row::cpus, of the first that has it
  std::string sharing;  ///< Row::sharing, of the first that has it
  /// NAME=value of the variable that chose the kernels; empty if the library
  /// did by itself.
  std::string kernels_setting;
  std::string library_kernels;  ///< what the library chooses by itself
  /// Speed of `kernels` over `library_kernels` in the probe, if it was made.
  std::optional<double> kernels_gain;
  /// GFLOP/s that all cores reached beside the repetitions, measured by
  /// bench's own multiply-adds: no part of what is compared. A median.
  std::optional<double> core_speed;
  /// Of the repetitions that count, or, if kCapped, of the capped ones.
  Evidence evidence;
  /// What makes the repetitions that count or were capped unreliable, each a
  /// short phrase.
  std::vector<std::string> warnings;
};

/// Pools the rows of one configuration, of which only the last attempts are
/// given. One error fails them, else one capped repetition caps them.
PooledRows PoolRows(std::span<const Row* const> rows);

/// Why the status is kDisturbed: "disturbed: only 1 of 7 repetitions
/// undisturbed: steal 6.2 % of its CPU time".
std::string NoVerdictText(const PooledRows& pooled);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_POOLED_ROWS_H_
