#ifndef HYBRID_PREDICTION_PREDICT_H_
#define HYBRID_PREDICTION_PREDICT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analysis/advice.h"
#include "key/key.h"
#include "prediction/measured_times.h"
#include "prediction/task_size.h"

namespace hybrid {

/// Splits that are predicted to take up to this many times the least time may
/// be the fastest, and are worth measuring.
inline constexpr double kPredictedTie = 1.1;
/// Up to this many times the least time no prediction tells splits apart.
inline constexpr double kPredictedAlike = 1.03;

/// More BLAS threads on a host than its `cores`, so that workers take turns.
bool IsOverTheCores(const Split& split, std::uint64_t cores);

/// How often a worker's turn comes in a batch: ⌈batch / workers⌉, of all hosts.
/// Over the cores of each, where workers take turns, the tasks of a core, at
/// least 1.
double Rounds(const Split& split, std::uint64_t batch, std::uint64_t cores);

/// Whether the times of one batch tell those of the other: of itself, and where
/// both have two rounds or more on all cores. In smaller ones the rest of
/// a division decides who wins.
bool BatchTellsOf(std::uint64_t measured, std::uint64_t asked,
                  std::uint64_t cores);

/// What a split is predicted to take, and by what.
struct PredictedTime {
  Split split;
  double seconds = 0;             ///< per batch
  bool is_bound = false;          ///< at least so long: a neighbour was stopped
  bool is_second_choice = false;  ///< at a neighbour
  /// The measured n that it lies between; the same where that n was measured.
  MeasuredRange n;
  std::uint64_t batch = 0;  ///< with which these were measured

  /// Whether this is a measurement and no prediction.
  bool IsOf(const TaskSize& size) const {
    return n == MeasuredRange{size.n, size.n} && batch == size.batch;
  }
};

/// What the splits are predicted to take in a batch of one size.
struct Prediction {
  std::vector<PredictedTime> times;  ///< the fastest first; at least one
  /// Those with a bound that is no tie beyond the fastest: they may be faster.
  std::vector<PredictedTime> open;
  /// Those that were not measured on both sides of n: nobody knows.
  std::vector<Split> unknown;

  /// Those of `times` within kPredictedTie of the fastest, which is among them.
  std::span<const PredictedTime> ties() const;
  /// The one to use: the fastest, but where that is a second choice one that
  /// is none and is predicted to be as fast (kPredictedAlike).
  const PredictedTime& pick() const;
};

/// Predicts each split by its own neighbours in n: the logarithm of its seconds
/// per round is taken to be linear in log n between them. With the same batch
/// if it has both there, else with the nearest one that tells of it. Nothing
/// where no split completed on both sides.
///
/// Seconds are not divided by n³, or by any other power: its logarithm is
/// linear in log n itself, so that it would change nothing. For the same reason
/// this holds for any operation, whatever its flops.
std::optional<Prediction> Predict(const MeasuredTimes& times,
                                  const TaskSize& size);

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_PREDICT_H_
