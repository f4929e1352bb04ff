#include "locking.h"

#include <fmt/format.h>

#include <cstdlib>
#include <stdexcept>

#include "base/standard_streams.h"
#include "measure/interrupt.h"
#include "measure/run_identity.h"
#include "pool/worker_group.h"

namespace hybrid {
namespace {

std::string LocksFolder() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): before there are any threads
  const char* const folder = std::getenv(kLocksVariable);
  return folder == nullptr || *folder == '\0' ? kLockFolder : folder;
}

/// Whether this run measures on this machine, and by itself: of two that take
/// turns the first one locks the CPUs for both.
bool MayLock(const Options& options) {
  return !options.hosts.wanted() && options.turns.comes_first;
}

}  // namespace

CpuLocks LockCpus(const Options& options, const Machine& machine,
                  const std::function<void()>& before_wait) {
  if (!options.lock || !MayLock(options)) return {};
  CpuLocks locks(
      LocksFolder(), LogicalCpus(machine.topology), OwnerText(UtcNow()),
      {.limit_s = options.lock_timeout_s,
       .interrupted = &Interrupted,
       .on_wait = [&before_wait](const std::string& in_the_way) {
         before_wait();
         PrintError(fmt::format(
             "bench: waits: {} (--lock=none does not wait)\n", in_the_way));
       }});
  if (locks.gave_up() && Interrupted()) throw PoolInterrupted();
  if (locks.gave_up()) {
    throw std::runtime_error(fmt::format("--lock_timeout={}: {}",
                                         options.given.at("--lock_timeout"),
                                         locks.in_the_way()));
  }
  if (!locks.refused().empty()) {
    PrintError(fmt::format("bench: {}\n", LockNote(options, locks)));
  }
  return locks;
}

std::string LockNote(const Options& options, const CpuLocks& locks) {
  constexpr const char* kRisk =
      "another run of bench may measure on the same CPUs";
  if (!MayLock(options)) return {};
  if (!options.lock) return fmt::format("--lock=none: {}", kRisk);
  if (!locks.refused().empty()) {
    return fmt::format("CPUs can't be locked, {}: {}", locks.refused(), kRisk);
  }
  if (locks.waited_s() == 0) return {};
  return fmt::format(
      "waited {:.1f} s for another run of bench on the same CPUs",
      locks.waited_s());
}

}  // namespace hybrid
