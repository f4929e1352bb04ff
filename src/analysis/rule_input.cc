#include "analysis/rule_input.h"

#include <optional>

#include "analysis/evidence.h"

namespace hybrid {

double CoreCount(const RuleInput& input, const SplitResult& split) {
  return CoresOf(split.split, input.key.usable_cores);
}

Split SplitAtWork(const SplitResult& split) {
  Split at_work = split.split;
  at_work.blas_threads = ThreadsAtWork(split);
  return at_work;
}

bool HasTooManyThreads(const RuleInput& input, const SplitResult& split) {
  return input.key.usable_cores > 0 &&
         ThreadsOf(SplitAtWork(split)) > CoreCount(input, split);
}

double CoresUsedBy(const RuleInput& input, const SplitResult& split) {
  return UsedCores(SplitAtWork(split), input.key.usable_cores);
}

std::optional<double> OperateRate(const SplitResult& split) {
  const std::optional<double>& share = split.evidence.operate_share;
  if (!split.tasks_per_s || !share || *share <= 0) return std::nullopt;
  return *split.tasks_per_s / (*share * ThreadsOf(SplitAtWork(split)));
}

}  // namespace hybrid
