#ifndef HYBRID_PREDICTION_TEST_MACHINE_H_
#define HYBRID_PREDICTION_TEST_MACHINE_H_

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <numbers>
#include <random>
#include <set>
#include <vector>

#include "key/key.h"

namespace hybrid {

/// For tests: random numbers that are the same with every standard library.
class SimulatedLuck {
 public:
  explicit SimulatedLuck(std::uint64_t seed) : engine_(seed) {}

  double Uniform(double low = 0, double high = 1) {
    constexpr double kSteps = 9007199254740992;  // 2^53
    const double share = static_cast<double>(engine_() >> 11U) / kSteps;
    return low + (high - low) * share;
  }
  double LogUniform(double low, double high) {
    return std::exp(Uniform(std::log(low), std::log(high)));
  }
  double Normal(double deviation) {
    const double radius = std::sqrt(-2 * std::log(1 - Uniform()));
    return deviation * radius * std::cos(2 * std::numbers::pi * Uniform());
  }
  template <typename Values>
  auto Choose(const Values& values) {
    const auto place = static_cast<std::size_t>(
        Uniform() * static_cast<double>(values.size()));
    return values[std::min(place, values.size() - 1)];
  }

 private:
  std::mt19937_64 engine_;
};

/// For tests: a machine of 2 to 128 cores that multiplies matrices, without
/// noise: how long a batch takes with each split. How well threads share
/// a product follows OpenBLAS's issue #1881 and what was measured with BLIS;
/// where that is jagged in n, so is this.
class SimulatedMachine {
 public:
  explicit SimulatedMachine(std::uint64_t seed) : seed_(seed), luck_(seed) {
    const std::vector<std::uint64_t> kCores{2,  4,  6,  8,  8,  12, 16,
                                            16, 20, 24, 28, 32, 32, 36,
                                            40, 48, 56, 64, 64, 96, 128};
    cores_ = luck_.Choose(kCores);
    const bool is_virtual = luck_.Uniform() < (cores_ <= 16 ? 0.7 : 0.35);
    sockets_ = cores_ >= 24 && luck_.Uniform() < 0.5 ? 2 : 1;
    has_smt_ = !is_virtual && luck_.Uniform() < 0.7;
    smt_small_ = luck_.Uniform(0.9, 1.25);
    smt_big_ = luck_.Uniform(0.8, 1.02);
    migrates_ = luck_.Uniform();
    std::vector<double> groups;
    const double of_socket = static_cast<double>(cores_) / sockets_;
    for (const double group : {of_socket, 8.0, 4.0}) {
      if (group >= 2 && std::fmod(of_socket, group) == 0) {
        groups.push_back(group);
      }
    }
    cache_group_ = groups.empty() ? 1 : luck_.Choose(groups);
    turbo_ = is_virtual && luck_.Uniform() < 0.6 ? 1 : luck_.Uniform(0.7, 1);
    flops_ = luck_.Uniform(25, 100) * 1e9;
    half_n_ = luck_.Uniform(20, 60);
    load_s_ = (luck_.Uniform() < 0.7 ? luck_.Uniform(0.4, 0.7)
                                     : luck_.LogUniform(0.7, 8)) *
              1e-9;
    sharing_ = luck_.LogUniform(0.07, 0.30);
    sharing_power_ = luck_.Uniform(0.95, 1.4);
    join_s_ = luck_.LogUniform(0.3, 3) * 1e-6;
    far_socket_ = luck_.Uniform(1.1, 1.8);
    far_cache_ = luck_.Uniform(1, 1.25);
    cache_bytes_ = luck_.Uniform(1.5, 6) * 1048576;
    const double core_bandwidth = luck_.Uniform(8, 20) * 1e9;
    const auto cores = static_cast<double>(cores_);
    bandwidth_ = std::min(core_bandwidth * cores,
                          core_bandwidth * luck_.Uniform(2, 3) +
                              cores * luck_.Uniform(2.5, 6) * 1e9);
    gate_s_ = luck_.LogUniform(2, 15) * 1e-6;
    wake_s_ = luck_.LogUniform(0.1, 1.2) * 1e-6;
    scatter_ = luck_.Uniform(0.005, 0.03);
    jagged_ = luck_.Uniform(0, 0.06);
    misfit_ = luck_.Uniform(0.003, 0.02);
    turns_ = luck_.Uniform(0, 0.08);
    quantum_s_ = luck_.LogUniform(2e-3, 3e-2);
  }

  std::uint64_t cores() const { return cores_; }

  /// Splits of powers of two and the cores.
  std::set<Split> FewSplits() const {
    std::vector<std::uint64_t> values;
    for (std::uint64_t value = 1; value <= 2 * cores_; value *= 2) {
      if (value / 2 < cores_ && cores_ < value) values.push_back(cores_);
      values.push_back(value);
    }
    std::set<Split> splits;
    for (const std::uint64_t workers : values) {
      for (const std::uint64_t threads : values) {
        if (!IsLargePrime(threads) &&
            (workers * threads <= 2 * cores_ ||
             (workers == cores_ && threads == cores_))) {
          splits.insert({workers, threads});
        }
      }
    }
    return splits;
  }

  /// Those that a sweep of `batch` measures.
  std::set<Split> Splits(std::uint64_t batch) const {
    std::set<Split> splits = FewSplits();
    for (std::uint64_t workers = 1; workers <= cores_; ++workers) {
      if (cores_ % workers == 0 && !IsLargePrime(cores_ / workers)) {
        splits.insert({workers, cores_ / workers});
      }
    }
    for (std::uint64_t rounds = 1; rounds <= batch; ++rounds) {
      const std::uint64_t workers = (batch + rounds - 1) / rounds;
      if (workers > cores_) continue;
      std::uint64_t threads = cores_ / workers;
      while (threads > 1 && IsLargePrime(threads)) --threads;
      splits.insert({workers, threads});
    }
    return splits;
  }

  /// Seconds of a batch.
  double Seconds(const Split& split, std::uint64_t n,
                 std::uint64_t batch) const {
    const auto cores = static_cast<double>(cores_);
    const auto p = static_cast<double>(split.workers);
    const auto t = static_cast<double>(split.blas_threads);
    const auto tasks = static_cast<double>(batch);
    const double rounds = std::ceil(tasks / p);
    const double gate = gate_s_ + wake_s_ * p;
    const double tail =
        1 + scatter_ * std::sqrt(2 * std::log(p) + 1e-9) / std::sqrt(rounds);
    SimulatedLuck own(Mixed({n, split.workers, split.blas_threads}));
    const double misfit = std::exp(own.Normal(misfit_));
    if (p * t <= cores) {
      const double busy = std::min(p, tasks);
      const double task =
          TaskSeconds(n, split.blas_threads, busy, std::min(busy * t, cores));
      return (gate + rounds * task * tail) * misfit;
    }
    const double at_once = std::max(1.0, std::floor(cores / t));
    const double task =
        TaskSeconds(n, split.blas_threads, std::min(p, at_once), cores);
    const double smooth = std::max(
        tasks * t >= cores ? tasks * task * t / cores : task, task * rounds);
    const double work =
        std::max(smooth, migrates_ * smooth + (1 - migrates_) * task *
                                                  std::ceil(tasks / at_once));
    if (has_smt_ && p * t <= 2 * cores) {
      const double gain = smt_big_ + (smt_small_ - smt_big_) /
                                         (1 + static_cast<double>(n) / 100);
      return (gate * 1.5 + work / gain * tail) * misfit;
    }
    if (t == 1) return (gate * 2 + work * (1 + turns_) * tail) * misfit;
    return gate * 2 + work * 1.3 +
           std::max(1.0, tasks / p) *
               std::max(1.0, static_cast<double>(n) / 256) * quantum_s_ *
               own.LogUniform(0.03, 1);
  }

 private:
  /// Numbers of threads that BLIS does not run.
  static bool IsLargePrime(std::uint64_t value) {
    if (value <= 11) return false;
    for (std::uint64_t factor = 2; factor * factor <= value; ++factor) {
      if (value % factor == 0) return false;
    }
    return true;
  }

  std::uint64_t Mixed(std::initializer_list<std::uint64_t> values) const {
    std::uint64_t mixed = seed_ * 0x9E3779B97F4A7C15U;
    for (const std::uint64_t value : values) {
      mixed = (mixed ^ value) * 0xBF58476D1CE4E5B9U;
      mixed ^= mixed >> 29U;
    }
    return mixed;
  }

  double Speed(double busy_cores) const {
    const auto cores = static_cast<double>(cores_);
    const double busy = std::min(busy_cores, cores);
    if (cores_ <= 2) return busy <= 1 ? 1 : std::sqrt(turbo_);
    const double share = std::max(0.0, (busy - 2) / (cores - 2));
    return 1 - (1 - turbo_) * std::floor(share * 4 + 0.999) / 4;
  }

  /// Work of threads whose micro-tiles don't divide, over its share.
  static double Remainder(std::uint64_t n, std::uint64_t threads) {
    const std::uint64_t rows = (n + 5) / 6;
    const std::uint64_t columns = (n + 7) / 8;
    double best = INFINITY;
    for (std::uint64_t i = 1; i <= threads; ++i) {
      if (threads % i != 0) continue;
      const std::uint64_t j = threads / i;
      const std::uint64_t tiles =
          ((rows + i - 1) / i) * ((columns + j - 1) / j) * threads;
      best = std::min(best, static_cast<double>(tiles) /
                                static_cast<double>(rows * columns));
    }
    return best;
  }

  /// A task of one of `busy` workers, on `busy_cores` in all.
  double TaskSeconds(std::uint64_t order, std::uint64_t threads, double busy,
                     double busy_cores) const {
    const auto n = static_cast<double>(order);
    const auto t = static_cast<double>(threads);
    const auto cores = static_cast<double>(cores_);
    const double speed = Speed(busy_cores);
    const double half = std::pow(half_n_, 1.5);
    const double power = std::pow(n, 1.5);
    double operate =
        (2 * n * n * n / (flops_ * 0.9 * power / (power + half)) + 3e-7) /
        speed;
    if (threads > 1) {
      const double lost = sharing_ * std::pow(256 / n, sharing_power_);
      operate = operate / t * (1 + (t - 1) * lost) *
                    (1 + 0.5 * (Remainder(order, threads) - 1)) +
                join_s_ * std::log2(t) * (1 + n / 512);
      SimulatedLuck own(Mixed({order, threads}));
      operate *= std::exp(own.Normal(jagged_));
      if (t > cores / sockets_) {
        operate *= far_socket_;
      } else if (t > cache_group_) {
        operate *= far_cache_;
      }
    }
    const double load = (2 * n * n * load_s_ + 2e-7) / speed;
    const double touched = 24 * n * n;
    const double cache = cache_bytes_ * (busy >= cores ? 1 : t);
    const double misses = 1 / (1 + (cache / touched) * (cache / touched));
    const double demand =
        busy * 48 * n * n * misses / (load + operate) / bandwidth_;
    return (load + operate) * std::pow(1 + std::pow(demand, 4), 0.25);
  }

  std::uint64_t seed_;
  SimulatedLuck luck_;
  std::uint64_t cores_ = 2;
  double sockets_ = 1;
  bool has_smt_ = false;
  double smt_small_, smt_big_, migrates_, cache_group_, turbo_, flops_, half_n_,
      load_s_, sharing_, sharing_power_, join_s_, far_socket_, far_cache_,
      cache_bytes_, bandwidth_, gate_s_, wake_s_, scatter_, jagged_, misfit_,
      turns_, quantum_s_;
};

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_TEST_MACHINE_H_
