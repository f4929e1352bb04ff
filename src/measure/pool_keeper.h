#ifndef HYBRID_MEASURE_POOL_KEEPER_H_
#define HYBRID_MEASURE_POOL_KEEPER_H_

#include <memory>

#include "key/key.h"
#include "measure/run_context.h"
#include "pool/worker_group.h"

namespace hybrid {

/// Owns the one pool that may live at a time. It outlives Google Benchmark's
/// estimation passes and repetitions, and ends before another configuration's
/// starts, so that nobody idles beside what is measured.
class PoolKeeper {
 public:
  /// `context` has to live on.
  explicit PoolKeeper(const RunContext& context) : context_(context) {}

  /// The live pool if it is `key`'s, else a new one. Throws PoolError and
  /// PoolInterrupted.
  WorkerGroup& Acquire(const Key& key);

  /// A pool of its own, for who measures the start itself. Throws as Acquire.
  std::unique_ptr<WorkerGroup> Launch(const Key& key) const;

  /// Kills the pool after a failure.
  void Drop() { pool_.reset(); }

  /// Ends the pool in order. A worker that ends badly is one line on stderr
  /// and counts in bad_ends.
  void Release();

  int bad_ends() const { return bad_ends_; }

 private:
  const RunContext& context_;
  Key key_;
  std::unique_ptr<WorkerGroup> pool_;
  int bad_ends_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_POOL_KEEPER_H_
