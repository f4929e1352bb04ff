#include "search/search_simulator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

namespace hybrid {
namespace {

double CeilDivided(double a, double b) { return std::ceil(a / b); }

/// What micro-tiles cost that don't divide.
double TileImbalance(std::uint64_t n, std::uint64_t threads) {
  const std::uint64_t rows = (n + 5) / 6;
  const std::uint64_t columns = (n + 7) / 8;
  double best = 9e9;
  for (std::uint64_t i = 1; i <= threads; ++i) {
    if (threads % i != 0) continue;
    const std::uint64_t j = threads / i;
    const std::uint64_t most = ((rows + i - 1) / i) * ((columns + j - 1) / j);
    best = std::min(best, static_cast<double>(most * threads) /
                              static_cast<double>(rows * columns));
  }
  return best;
}

}  // namespace

SimulatedMachine::SimulatedMachine(std::uint64_t seed,
                                   std::optional<int> cores_given) {
  constexpr std::array kCores{2,  4,  6,  8,  8,  12, 16, 16, 20, 24, 28,
                              32, 32, 36, 40, 48, 56, 64, 64, 96, 128};
  SimulatedRandom random({seed});
  const int chosen = random.Choice(kCores);
  cores = cores_given.value_or(chosen);
  const bool is_vm = random.Chance(cores <= 16 ? 0.7 : 0.35);
  sockets = cores >= 24 && cores % 2 == 0 && random.Chance(0.5) ? 2 : 1;
  has_smt = !is_vm && random.Chance(0.7);
  smt_small = random.Uniform(0.9, 1.25);
  smt_large = random.Uniform(0.8, 1.02);
  migrates = random.Uniform();
  std::vector<int> caches;
  for (const int size : {cores / sockets, 8, 4}) {
    if (size >= 2 && (cores / sockets) % size == 0) caches.push_back(size);
  }
  cores_of_cache = caches.empty() ? cores : random.Choice(caches);
  full_turbo = is_vm && random.Chance(0.6) ? 1.0 : random.Uniform(0.7, 1.0);
  flops_per_s = random.Uniform(25, 100) * 1e9;
  half_n = random.Uniform(20, 60);
  load_s_per_number = 1e-9 * (random.Chance(0.7) ? random.Uniform(0.4, 0.7)
                                                 : random.LogUniform(0.7, 8));
  serial_256 = random.LogUniform(0.07, 0.30);
  serial_exponent = random.Uniform(0.95, 1.4);
  barrier_s = random.LogUniform(0.3, 3) * 1e-6;
  beyond_socket = random.Uniform(1.1, 1.8);
  beyond_cache = random.Uniform(1.0, 1.25);
  cache_per_core = random.Uniform(1.5, 6) * 0x1p20;
  bytes_per_s_of_core = random.Uniform(8, 20) * 1e9;
  const double of_few = bytes_per_s_of_core * random.Uniform(2, 3);
  const double of_each = random.Uniform(2.5, 6) * 1e9;
  bytes_per_s = std::min(bytes_per_s_of_core * cores, of_few + cores * of_each);
  gate_s = random.LogUniform(2, 15) * 1e-6;
  gate_s_per_worker = random.LogUniform(0.1, 1.2) * 1e-6;
  spread_of_workers = random.Uniform(0.005, 0.03);
  jagged = random.Uniform(0, 0.06);
  lack_of_fit = random.Uniform(0.003, 0.02);
  if (random.Chance(0.3)) superlinear = random.Uniform(0, 0.05);
  over_cores = random.Uniform(0, 0.08);
  quantum_s = random.LogUniform(2e-3, 3e-2);
  // Quiet, a VM, or rough.
  const double kind = random.Uniform();
  const double factor = kind < 0.5 ? 1 : kind < 0.85 ? 2 : 3.5;
  launch_noise = factor * random.Uniform(0.004, 0.012);
  batch_noise = factor * random.Uniform(0.004, 0.015);
  drift = factor * random.Uniform(0.002, 0.008);
  if (kind < 0.5) {
    disturbances = {{0.02, 0.02, 0.5, 0.9}};
  } else if (kind < 0.85) {
    disturbances = {{0.3, 0.03, 0.3, 0.9}, {0.01, 2, 0.7, 0.95}};
  } else {
    disturbances = {{1, 0.04, 0.3, 0.9}, {0.02, 3, 0.5, 0.95}};
  }
}

double SimulatedMachine::Turbo(double busy_cores) const {
  const double busy = std::min<double>(busy_cores, cores);
  if (cores <= 2) return busy <= 1 ? 1 : std::sqrt(full_turbo);
  const double share = std::max(0.0, (busy - 2) / std::max(1, cores - 2));
  return 1 - (1 - full_turbo) * std::floor(share * 4 + 0.999) / 4;
}

double SimulatedMachine::Operate(double n) const {
  const double power = std::pow(n, 1.5);
  return 2 * n * n * n /
             (flops_per_s * 0.9 * power / (power + std::pow(half_n, 1.5))) +
         3e-7;
}

double SimulatedMachine::Load(double n) const {
  return 2 * n * n * load_s_per_number + 2e-7;
}

SimulatedGroup::SimulatedGroup(SimulatedMachine machine, std::uint64_t n,
                               std::uint64_t batch,
                               const std::vector<Split>& splits,
                               std::uint64_t seed)
    : machine_(std::move(machine)), n_(n), batch_(batch) {
  for (const Split& split : splits) splits_.push_back(Make(split, seed));
}

/// With `workers` of them busy.
SimulatedGroup::Phases SimulatedGroup::Task(double workers, double threads,
                                            double busy_cores,
                                            SimulatedRandom random) const {
  const SimulatedMachine& m = machine_;
  const auto n = static_cast<double>(n_);
  const double turbo = m.Turbo(busy_cores);
  double operate = m.Operate(n) / turbo;
  if (threads > 1) {
    const double serial = m.serial_256 * std::pow(256 / n, m.serial_exponent);
    const double tiles = TileImbalance(n_, static_cast<std::uint64_t>(threads));
    operate = operate / threads * (1 + (threads - 1) * serial) *
                  (1 + 0.5 * (tiles - 1)) +
              m.barrier_s * std::log2(threads) * (1 + n / 512);
    operate *= std::exp(m.jagged * random.Normal());
    if (threads > static_cast<double>(m.cores) / m.sockets) {
      operate *= m.beyond_socket;
    } else if (threads > m.cores_of_cache) {
      operate *= m.beyond_cache;
    }
  }
  const double load = m.Load(n) / turbo;
  const double working_set = 24 * n * n;
  const double cache = m.cache_per_core * threads;
  const double missed = 1 / (1 + std::pow(cache / working_set, 2));
  if (m.superlinear > 0 && threads > 1 && working_set > m.cache_per_core) {
    operate *=
        1 - m.superlinear * std::min(1.0, working_set / m.cache_per_core / 4);
  }
  const double demand =
      workers * 8 * n * n * 6 * missed / (load + operate) / m.bytes_per_s;
  const double contention = std::pow(1 + std::pow(demand, 4), 0.25);
  return {load * contention, operate * contention};
}

SimulatedSplit SimulatedGroup::Make(const Split& split,
                                    std::uint64_t seed) const {
  const SimulatedMachine& m = machine_;
  const auto n = static_cast<double>(n_);
  const auto batch = static_cast<double>(batch_);
  const auto workers = static_cast<double>(split.workers);
  const auto threads = static_cast<double>(split.blas_threads);
  const double cores = m.cores;
  const double smt = m.smt_large + (m.smt_small - m.smt_large) / (1 + n / 100);
  // The same for all splits of so many threads.
  const SimulatedRandom of_threads({seed, n_, split.blas_threads});
  SimulatedRandom random({seed, n_, split.workers, split.blas_threads});

  SimulatedSplit made{.split = split};
  const double gate = m.gate_s + m.gate_s_per_worker * workers;
  const double in_turn = CeilDivided(batch, workers);
  const double tail =
      1 + m.spread_of_workers *
              std::sqrt(2 * std::log(std::max(workers, 1.0)) + 1e-9) /
              std::sqrt(in_turn);
  bool is_over = false;
  if (workers * threads <= cores) {
    const double active = std::min(workers, batch);
    const Phases task =
        Task(active, threads, std::min(active * threads, cores), of_threads);
    made.load_s = task.load_s;
    made.operate_s = task.operate_s;
    made.batch_s = gate + in_turn * (task.load_s + task.operate_s) * tail;
  } else {
    is_over = true;
    const double fit = std::max(1.0, std::floor(cores / threads));
    const Phases phases =
        Task(std::min(workers, fit), threads, cores, of_threads);
    made.load_s = phases.load_s;
    made.operate_s = phases.operate_s;
    const double task = phases.load_s + phases.operate_s;
    const double shared = std::max(
        batch * threads >= cores ? batch * task * threads / cores : task,
        task * in_turn);
    const double work =
        std::max(shared, m.migrates * shared +
                             (1 - m.migrates) * task * CeilDivided(batch, fit));
    if (m.has_smt && workers * threads <= 2 * cores) {
      made.batch_s = gate * 1.5 + work / smt * tail;
    } else if (threads == 1) {
      made.batch_s = gate * 2 + work * (1 + m.over_cores) * tail;
    } else {
      made.is_erratic = true;
      const double stalls = std::max(1.0, batch / workers) *
                            std::max(1.0, n / 256) * m.quantum_s *
                            random.LogUniform(0.03, 1);
      made.batch_s = gate * 2 + work * 1.3 + stalls;
      made.erratic_s = made.batch_s - (gate * 2 + work * 1.15);
      made.noise = random.Uniform(0.3, 1.6);
    }
  }
  if (!made.is_erratic) {
    made.batch_s *= std::exp(m.lack_of_fit * random.Normal());
    made.noise = random.Uniform(0.6, 1.5) * (is_over ? 1.6 : 1);
  }
  made.start_s = 1.5e-3 + 4e-4 * workers + 5e-5 * workers * threads +
                 (made.is_erratic ? 0.09 : 0);
  return made;
}

const SimulatedSplit& SimulatedGroup::Of(const Split& split) const {
  return *std::find_if(
      splits_.begin(), splits_.end(),
      [&split](const SimulatedSplit& known) { return known.split == split; });
}

double SimulatedGroup::best_s() const {
  return std::min_element(
             splits_.begin(), splits_.end(),
             [](const auto& a, const auto& b) { return a.batch_s < b.batch_s; })
      ->batch_s;
}

SearchGroup SimulatedGroup::ToSearch(std::uint64_t seed) const {
  SearchGroup group;
  group.key.n = n_;
  group.key.batch = batch_;
  group.key.seed = seed;
  for (const SimulatedSplit& split : splits_) {
    group.splits.push_back(split.split);
  }
  group.usable_cores = machine_.cores;
  group.has_smt = machine_.has_smt;
  return group;
}

bool HasAdmissibleThreads(const Split& split) {
  constexpr std::uint64_t kMostOfAnyKind = 11;
  if (split.blas_threads <= kMostOfAnyKind) return true;
  for (std::uint64_t d = 2; d * d <= split.blas_threads; ++d) {
    if (split.blas_threads % d == 0) return true;
  }
  return false;
}

std::vector<Split> FormerSplits(int usable_cores) {
  const auto cores = static_cast<std::uint64_t>(usable_cores);
  std::vector<std::uint64_t> values;
  for (std::uint64_t power = 1; power <= 2 * cores; power *= 2) {
    if (power / 2 < cores && cores < power) values.push_back(cores);
    values.push_back(power);
  }
  std::vector<Split> splits;
  for (const std::uint64_t workers : values) {
    for (const std::uint64_t threads : values) {
      const Split split{workers, threads};
      if ((workers * threads <= 2 * cores || split == Split{cores, cores}) &&
          HasAdmissibleThreads(split)) {
        splits.push_back(split);
      }
    }
  }
  std::sort(splits.begin(), splits.end(), [](const Split& a, const Split& b) {
    return std::tuple(a.workers * a.blas_threads, a.workers) <
           std::tuple(b.workers * b.blas_threads, b.workers);
  });
  return splits;
}

}  // namespace hybrid
