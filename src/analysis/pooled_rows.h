#ifndef HYBRID_ANALYSIS_POOLED_ROWS_H_
#define HYBRID_ANALYSIS_POOLED_ROWS_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/counted_rows.h"
#include "analysis/evidence.h"
#include "results/row.h"
#include "statistics/bootstrap.h"

namespace hybrid {

/// What the repetitions of one configuration amount to, for every purpose: the
/// answer, tables, comparisons, histories and the page. CountRows says which of
/// them count. Times are seconds per batch.
struct PooledRows {
  PooledStatus status = PooledStatus::kMissing;
  Runs runs;                    ///< of the repetitions that count, by run
  std::vector<double> samples;  ///< the same of all runs together
  // Only if the status is kOk.
  std::optional<double> median_s;
  std::optional<double> spread;       ///< RelativeSpread of the samples
  std::optional<double> low_s;        ///< the fastest of the samples
  std::optional<double> high_s;       ///< and the slowest
  std::optional<double> tasks_per_s;  ///< median; also of what was capped
  std::optional<double> gflops;       ///< median; also of what was capped

  std::size_t completed = 0;  ///< repetitions, disturbed ones included
  std::size_t disturbed = 0;  ///< of them left out
  std::string disturbance;    ///< what disturbed these: "steal 6.2 % of …"
  std::optional<double> fastest_s;  ///< of all completed ones

  std::vector<double> capped_times;  ///< until the cap took effect
  std::optional<double> capped_s;    ///< their median
  std::vector<double> rates;         ///< tasks/s of capped repetitions
  std::string capped_disturbance;    ///< what disturbed the first capped one
  std::string error;                 ///< the first error of what failed

  bool oversubscribed = false;
  /// Every repetition had workers of its own, so that the samples scatter as
  /// launches do. Within one launch they scatter less.
  bool launched_anew = false;
  std::string kernels;          ///< that ran; of several "zen3, haswell"
  std::string blis_threading;   ///< of several "none, openmp"
  std::string blis_arch_type;   ///< what chooses these kernels, if BLIS doesn't
  std::string library_kernels;  ///< what BLIS chooses by itself
  std::optional<double> kernels_gain;  ///< kernels over library_kernels
  /// GFLOP/s that all cores reached beside the repetitions, measured by
  /// bench's own multiply-adds: no part of what is compared. A median.
  std::optional<double> core_speed;
  Evidence evidence;                  ///< of what counts, or was capped
  std::vector<std::string> warnings;  ///< what is against what counts
};

/// Pools the rows of one configuration, of which only the last attempts are
/// given. One error fails them, else one capped repetition caps them.
PooledRows PoolRows(std::span<const Row* const> rows);

/// Why the status is kDisturbed: "disturbed: only 1 of 7 repetitions
/// undisturbed: steal 6.2 % of its CPU time".
std::string NoVerdictText(const PooledRows& pooled);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_POOLED_ROWS_H_
