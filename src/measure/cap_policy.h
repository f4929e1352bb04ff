#ifndef HYBRID_MEASURE_CAP_POLICY_H_
#define HYBRID_MEASURE_CAP_POLICY_H_

#include <map>
#include <optional>

#include "key/key.h"
#include "search/search_group.h"

namespace hybrid {

/// Decides how long a batch may take. A fixed cap would either stop every
/// split of a large batch or let a pathological split of a small one run for
/// minutes; so unless the user gives one, a batch is stopped when it takes
/// so many times what the fastest split of its group took so far as a grid's
/// cut-off says (kGridCutOff).
class CapPolicy {
 public:
  explicit CapPolicy(std::optional<double> fixed_cap_s)
      : fixed_cap_s_(fixed_cap_s) {}

  /// The seconds after which a batch of `key` is stopped.
  double CapFor(const Key& key) const;
  /// A batch of `key` was completed in `wall_s`.
  void Note(const Key& key, double wall_s);

 private:
  std::optional<double> fixed_cap_s_;
  std::map<Key, double> fastest_s_;  // by group
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_CAP_POLICY_H_
