#ifndef HYBRID_BENCH_LOCKING_H_
#define HYBRID_BENCH_LOCKING_H_

#include <functional>
#include <string>

#include "flags/options.h"
#include "machine/cpu_locks.h"
#include "machine/machine.h"

namespace hybrid {

/// Names another folder than kLockFolder.
inline constexpr char kLocksVariable[] = "HYBRIDBENCH_LOCKS";

/// Locks the CPUs of `machine` that may be used, if `options` want that and
/// this machine measures. Where others hold one, `before_wait` is called, which
/// may throw, and stderr says for whom it waits. Throws std::runtime_error at
/// the end of --lock_timeout, and PoolInterrupted.
CpuLocks LockCpus(const Options& options, const Machine& machine,
                  const std::function<void()>& before_wait);

/// What result files have to say of that: that others were waited for, or why
/// they may be at work on the same CPUs; mostly nothing.
std::string LockNote(const Options& options, const CpuLocks& locks);

}  // namespace hybrid

#endif  // HYBRID_BENCH_LOCKING_H_
