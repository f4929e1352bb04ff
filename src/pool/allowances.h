#ifndef HYBRID_POOL_ALLOWANCES_H_
#define HYBRID_POOL_ALLOWANCES_H_

#include "key/key.h"
#include "operation/layout.h"
#include "operation/operation.h"
#include "pool/pool_settings.h"

namespace hybrid {

/// How long workers may be busy with what they are asked for, in seconds, the
/// hang timeout not included. All are generous: they catch only a worker that
/// burns CPU time for ever.
class Allowances {
 public:
  /// For workers of `key` on `cores`, for which threads that spin for one
  /// another take turns.
  Allowances(const Key& key, const PoolSettings& settings, double cores);

  /// Until they are ready.
  double Start() const;
  /// To make their data.
  double Prepare() const;
  /// With that cap. What is claimed once is brought to its end.
  double Batch(double cap_s) const;
  /// The longest batch so far took `longest_batch_s`, here and below.
  double Verify(double longest_batch_s) const;
  /// To count their threads.
  double Prove(double longest_batch_s) const;

 private:
  double OfTask() const;
  double Crowded(double busy_s) const;

  Key key_;
  const Operation& operation_;
  Layout layout_;
  double start_s_;
  double hang_timeout_s_;
  double crowding_;
};

}  // namespace hybrid

#endif  // HYBRID_POOL_ALLOWANCES_H_
