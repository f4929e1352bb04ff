#ifndef HYBRID_MACHINE_CPU_LOCKS_H_
#define HYBRID_MACHINE_CPU_LOCKS_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_fd.h"
#include "machine/topology.h"

namespace hybrid {

/// Where a system keeps locks of all its users.
inline constexpr char kLockFolder[] = "/run/lock";

/// How to wait for who holds a lock.
struct LockWait {
  std::optional<double> limit_s{};      ///< longest in all; absent: no limit
  std::function<bool()> interrupted{};  ///< true: wait no longer
  /// Is told once, before the wait, what CpuLocks::in_the_way says.
  std::function<void(const std::string& in_the_way)> on_wait{};
};

/// Keeps CPUs from other processes that lock them as well, by an flock(2) of a
/// file for each of them, `hybridbench-cpu3.lock`. They are given up when this
/// is destroyed, and by the kernel when the process ends in whatever way; who
/// is executed below it does not inherit them. The files stay.
class CpuLocks {
 public:
  /// Holds none.
  CpuLocks() = default;
  /// Locks `cpus` in `folder` in ascending order, so that no two processes wait
  /// for each other, and waits for those that others hold. `owner` is what
  /// others read who wait for this one: `pid NUMBER since …`, see OwnerText.
  /// What keeps it from locking does not throw: see below.
  CpuLocks(const std::string& folder, CpuList cpus, const std::string& owner,
           const LockWait& wait);
  CpuLocks(CpuLocks&&) = default;
  CpuLocks& operator=(CpuLocks&&) = default;
  /// Takes the owner's name from the files.
  ~CpuLocks();

  /// How long others were waited for; 0: for nobody.
  double waited_s() const { return waited_s_; }
  /// Whether the wait ended, at its limit or interrupted, before all were had.
  bool gave_up() const { return gave_up_; }
  /// Who was waited for last: `CPU 0 is locked by pid 7 since …: COMMAND`.
  const std::string& in_the_way() const { return in_the_way_; }
  /// Why CPUs are not locked for which nobody was waited: the system does not
  /// let us; empty: it does. Those that could be locked are.
  const std::string& refused() const { return refused_; }

 private:
  bool Lock(int cpu, const std::string& folder, const std::string& owner,
            const LockWait& wait);
  int Wait(int fd, int cpu, const std::string& path, const LockWait& wait);

  std::vector<UniqueFd> files_;
  double waited_s_ = 0;
  bool gave_up_ = false;
  bool was_told_ = false;
  std::string in_the_way_;
  std::string refused_;
};

/// `pid 7 since 2026-11-28T07:00:00Z: ./build/bench --n=64` of this process.
std::string OwnerText(std::string_view since_utc);

}  // namespace hybrid

#endif  // HYBRID_MACHINE_CPU_LOCKS_H_
