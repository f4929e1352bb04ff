#ifndef HYBRID_SEARCH_SEARCH_SIMULATOR_H_
#define HYBRID_SEARCH_SEARCH_SIMULATOR_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "base/simulated_random.h"
#include "key/key.h"
#include "search/search_group.h"

namespace hybrid {

/// Disturbances of a whole machine: how many there are a second, how long they
/// last, and between which fractions of its speed they leave.
struct SimulatedDisturbance {
  double per_s = 0;
  double mean_s = 0;
  double least_speed = 1;
  double most_speed = 1;
};

/// A machine that does not exist, for tests of the search: what decides how
/// long a batch takes on it, and how that scatters. From measurements of
/// OpenBLAS (its issue 1881: 10 cores) and of BLIS and its noise on VMs of 2
/// cores; what more cores do is assumed.
struct SimulatedMachine {
  SimulatedMachine(std::uint64_t seed, std::optional<int> cores = {});

  double Turbo(double busy_cores) const;
  double Operate(double n) const;
  double Load(double n) const;

  int cores;
  int sockets;
  bool has_smt;
  double smt_small, smt_large;  // gain of SMT at small and large n
  double migrates;              // how well too many workers share the cores
  int cores_of_cache;
  double full_turbo;  // speed with all cores busy
  double flops_per_s, half_n;
  double load_s_per_number;
  double serial_256, serial_exponent;  // what threads lose at n = 256
  double barrier_s;
  double beyond_socket, beyond_cache;
  double cache_per_core, bytes_per_s_of_core, bytes_per_s;
  double gate_s, gate_s_per_worker;
  double spread_of_workers;
  double jagged, lack_of_fit;
  double superlinear = 0;  // gained by a larger share of the cache
  double quantum_s;        // of the scheduler
  double over_cores;
  double launch_noise, batch_noise, drift;
  std::vector<SimulatedDisturbance> disturbances;
};

/// What one split of a group does, undisturbed.
struct SimulatedSplit {
  Split split;
  double batch_s = 0;  ///< the truth
  double load_s = 0;   ///< a task's
  double operate_s = 0;
  double start_s = 0;  ///< of a launch
  double noise = 1;    ///< factor, or of an erratic one the lognormal's sigma
  /// With threads that wait for others without a core: `erratic_s` of a batch
  /// is lognormal from launch to launch.
  bool is_erratic = false;
  double erratic_s = 0;
};

/// One n and batch on a machine.
class SimulatedGroup {
 public:
  SimulatedGroup(SimulatedMachine machine, std::uint64_t n, std::uint64_t batch,
                 const std::vector<Split>& splits, std::uint64_t seed);

  const SimulatedMachine& machine() const { return machine_; }
  std::uint64_t batch() const { return batch_; }
  std::vector<SimulatedSplit>& splits() { return splits_; }
  const std::vector<SimulatedSplit>& splits() const { return splits_; }
  const SimulatedSplit& Of(const Split& split) const;
  double best_s() const;
  /// 0.03 for what takes 3 % longer than the best.
  double Regret(const Split& split) const {
    return Of(split).batch_s / best_s() - 1;
  }
  /// For Next; the seed orders the rounds.
  SearchGroup ToSearch(std::uint64_t seed) const;

 private:
  SimulatedSplit Make(const Split& split, std::uint64_t seed) const;
  struct Phases {
    double load_s, operate_s;
  };
  Phases Task(double workers, double threads, double busy_cores,
              SimulatedRandom random) const;

  SimulatedMachine machine_;
  std::uint64_t n_, batch_;
  std::vector<SimulatedSplit> splits_;
};

/// The splits that `auto` once stood for: powers of two and the cores, as far
/// as twice the cores, and cores × cores.
std::vector<Split> FormerSplits(int cores);

/// Whether BLIS runs so many threads: not primes above 11.
bool HasAdmissibleThreads(const Split& split);

}  // namespace hybrid

#endif  // HYBRID_SEARCH_SEARCH_SIMULATOR_H_
