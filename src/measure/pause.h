#ifndef HYBRID_MEASURE_PAUSE_H_
#define HYBRID_MEASURE_PAUSE_H_

#include <string>

#include "key/key.h"
#include "pool/worker_group.h"

namespace hybrid {

/// What stopped everything in the midst of a batch of `key`, in words: Ctrl-Z
/// and `fg`, a frozen control group, a paused container or virtual machine, or
/// others that took most of the `usable_cores` of each host. Empty if nothing
/// did. Such a batch tells nothing of its split, neither a time nor that it is
/// too slow.
std::string PauseText(const BatchTiming& timing, const Key& key,
                      int usable_cores);

/// Bounds how often a configuration is measured anew because of pauses: what
/// happens again and again is no event but the state of the machine, which the
/// rows then show.
class PauseBudget {
 public:
  static constexpr int kMost = 3;
  /// On a busy machine there is a pause in nearly every configuration.
  static constexpr int kMostNotes = 4;

  /// A shorter batch is measured anew without a word.
  static constexpr double kLongEnoughToSayS = 0.5;

  /// Whether `key`, of which a batch took `wall_s` with a pause in it, may be
  /// measured anew once more; if so, says on stderr why, up to kMostNotes
  /// times.
  bool Spend(const Key& key, const std::string& pause, double wall_s);

 private:
  Key key_;
  int spent_ = 0;
  int notes_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_PAUSE_H_
