#include "counters/machine_watch.h"

#include <time.h>

#include <utility>

#include "counters/counter_growth.h"

namespace hybrid {
namespace {

// CPU time of all threads of this process, ended ones included.
double OwnCpuSeconds() {
  timespec time{};
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) +
         1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace

MachineWatch::MachineWatch(CpuList cpus, std::string root)
    : cpus_(std::move(cpus)),
      root_(std::move(root)),
      reader_(cpus_, root_),
      before_(reader_.Read()),
      thermal_throttles_before_(
          ReadMachineState(cpus_, root_).thermal_throttles),
      own_cpu_s_before_(OwnCpuSeconds()),
      begin_(std::chrono::steady_clock::now()) {}

MachineState MachineWatch::Look() const {
  // The times first, as reading the state costs some itself.
  const std::chrono::duration<double> watched =
      std::chrono::steady_clock::now() - begin_;
  const double own_cpu_s = OwnCpuSeconds() - own_cpu_s_before_;
  const SystemCounters now = reader_.Read();
  const SystemCounters growth = now - before_;

  MachineState state = ReadMachineState(cpus_, root_);
  if (growth.busy_s && growth.steal_s && watched.count() > 0) {
    state.foreign_cpus = Growth(*growth.busy_s, own_cpu_s) / watched.count();
    state.stolen_cpus = *growth.steal_s / watched.count();
  }
  state.recent_thermal_throttles =
      Growth(state.thermal_throttles, thermal_throttles_before_);
  state.recent_throttled_periods = growth.throttled_periods;
  return state;
}

}  // namespace hybrid
