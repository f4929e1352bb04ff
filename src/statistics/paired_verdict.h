#ifndef HYBRID_STATISTICS_PAIRED_VERDICT_H_
#define HYBRID_STATISTICS_PAIRED_VERDICT_H_

#include <cstddef>
#include <optional>
#include <span>

#include "statistics/bootstrap.h"

namespace hybrid {

/// When two programs that are measured in pairs, round by round, are looked at,
/// and how sure a look has to be.
struct Looks {
  double alpha = 0.05;      ///< of all looks together
  double threshold = 0.03;  ///< what is less apart is the same: 0.03 is 3 %
  std::size_t most_rounds = 40;
  /// So often at most; each look has this part of alpha (Bonferroni), so that
  /// looking again until something shows does not make it show more often.
  static constexpr std::size_t kMost = 5;

  double alpha_of_one() const { return alpha / kMost; }
  /// What differences are tested against in place of 0, as a logarithm: a
  /// quarter of the threshold, since two builds of one program can differ by
  /// where their code lies.
  double margin() const;

  /// The rounds after which one true difference among `tests` can show.
  std::size_t FewestRounds(std::size_t tests) const;
  /// Whether there is a look after `rounds`: evenly spaced ones from
  /// FewestRounds on, and one after the last.
  bool IsLook(std::size_t rounds, std::size_t tests) const;
};

/// What the pairs of one configuration say.
struct PairedEvidence {
  double center = 0;     ///< of the logarithms of now / baseline
  double p_differs = 1;  ///< two-sided, of a difference within the margin
  double p_same = 1;     ///< of a difference beyond the threshold
  std::size_t pairs = 0;
};

/// The evidence of the logarithms of ratios, one a round. Nothing without any,
/// or if one is not finite.
///
/// Beyond the threshold in either direction: D. J. Schuirmann, "A comparison of
/// the two one-sided tests procedure and the power approach", Journal of
/// Pharmacokinetics and Biopharmaceutics 15 (1987), 657-680.
std::optional<PairedEvidence> WeighPairs(std::span<const double> log_ratios,
                                         const Looks& looks);

/// How many rounds more would decide, estimated: the `interval` of the center
/// narrows with the root of their number. Nothing if even a hundred times as
/// many would not.
std::optional<std::size_t> MoreRounds(const PairedEvidence& evidence,
                                      const Interval& interval,
                                      const Looks& looks, std::size_t tests);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_PAIRED_VERDICT_H_
