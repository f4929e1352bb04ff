#include "report/names.h"

namespace hybrid {

std::string_view NameOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kBest:
      return "best";
    case Verdict::kTie:
      return "tie";
    case Verdict::kLoser:
      return "loser";
    case Verdict::kCannotTell:
      return "cannot_tell";
    case Verdict::kTooNoisy:
      return "too_noisy";
    case Verdict::kCapped:
      return "capped";
    case Verdict::kFailed:
      break;
  }
  return "failed";
}

std::string_view NameOf(Cause cause) {
  switch (cause) {
    case Cause::kOversubscribed:
      return "oversubscribed";
    case Cause::kTakingTurns:
      return "taking_turns";
    case Cause::kThreadsTooFine:
      return "threads_too_fine";
    case Cause::kLoadNotParallel:
      return "load_not_parallel";
    case Cause::kImbalance:
      return "imbalance";
    case Cause::kMemoryBound:
      return "memory_bound";
    case Cause::kCoresIdle:
      return "cores_idle";
    case Cause::kSlowerKernels:
      return "slower_kernels";
    case Cause::kDisturbed:
      return "disturbed";
    case Cause::kWaiting:
      return "waiting";
    case Cause::kStartNotRepaid:
      return "start_not_repaid";
    case Cause::kWithinNoise:
      return "within_noise";
    case Cause::kUnknown:
      break;
  }
  return "unknown";
}

std::string_view NameOf(Gain::Kind kind) {
  switch (kind) {
    case Gain::Kind::kMeasured:
      return "measured";
    case Gain::Kind::kMoreThan:
      return "more_than";
    case Gain::Kind::kByRate:
      return "by_rate";
    case Gain::Kind::kFailed:
      return "failed";
    case Gain::Kind::kNotMeasured:
      break;
  }
  return "not_measured";
}

}  // namespace hybrid
