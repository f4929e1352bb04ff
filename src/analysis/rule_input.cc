#include "analysis/rule_input.h"

namespace hybrid {
namespace {

double Cores(const RuleInput& input) {
  return static_cast<double>(input.key.usable_cores);
}

double Threads(const SplitResult& split) {
  return static_cast<double>(split.split.workers) *
         static_cast<double>(split.split.blas_threads);
}

}  // namespace

bool HasTooManyThreads(const RuleInput& input, const SplitResult& split) {
  return input.key.usable_cores > 0 && Threads(split) > Cores(input);
}

double CoresUsedBy(const RuleInput& input, const SplitResult& split) {
  return HasTooManyThreads(input, split) ? Cores(input) : Threads(split);
}

std::optional<double> OperateRate(const SplitResult& split) {
  const std::optional<double>& share = split.evidence.operate_share;
  if (!split.tasks_per_s || !share || *share <= 0) return std::nullopt;
  return *split.tasks_per_s / (*share * Threads(split));
}

}  // namespace hybrid
