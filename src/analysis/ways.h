#ifndef HYBRID_ANALYSIS_WAYS_H_
#define HYBRID_ANALYSIS_WAYS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/answer.h"

namespace hybrid {

/// The groups of one machine, operation and way of measuring: they differ in n
/// and batch alone. Advice for one way is none for another.
struct Way {
  std::string host;
  std::uint64_t usable_cores = 0;
  std::string operation;
  /// Its library as texts show it, unlike that of any other way: of a path as
  /// many of the last names as that takes; with its version where several of
  /// one name were measured.
  std::string library;
  std::vector<std::string> conditions;  ///< Conditions, with `library`
  std::vector<const Answer*> answers;
};

/// The ways of `answers`, which have to outlive them, in the order of each
/// one's first group; the groups of each by n, then by batch.
std::vector<Way> FindWays(std::span<const Answer> answers);

/// What tells `way` from the others of `ways`: "syrk, hot operands"; empty if
/// it is the only one.
std::string WayText(const Way& way, std::span<const Way> ways);

/// What tells the way of `answer`, one of `ways`, from the others, and its
/// order and batch: "gemm, n=256 batch=32".
std::string GroupName(const Answer& answer, std::span<const Way> ways);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_WAYS_H_
