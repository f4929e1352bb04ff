#include "kernels/speed.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <limits>
#include <list>
#include <optional>

namespace hybrid {
namespace {

using Clock = std::chrono::steady_clock;

/// A batch this long is timed to well under a percent.
constexpr double kBatchS = 2e-3;
constexpr double kUsualGflops = 40;
/// One that gets nowhere has lost.
constexpr double kCapS = 5;
/// A turn: batches for this long. libgomp's threads spin on for some
/// milliseconds when a batch is done, on the cores of who comes next; so all
/// pause first, and more than one batch counts.
constexpr double kTurnS = 8e-3;
constexpr int kPauseUs = 2000;
constexpr int kThreadedPauseUs = 6000;
constexpr std::size_t kMostRounds = 40;
/// Who is this many times slower after a round drops out; the last one holds
/// for all later rounds. Generous at first, since a disturbed turn of several
/// threads may take many times as long.
constexpr std::array<double, 6> kBehind{6, 3, 2, 1.5, 1.25, 1.1};
constexpr std::size_t kFewestRounds = 3;

struct Candidate {
  Kernels kernels;
  std::optional<WorkerPool> pool;
  double shortest_s = std::numeric_limits<double>::infinity();
};

class Contest {
 public:
  Contest(const KernelsCatalog& catalog, const Config& config,
          const SettingsFor& settings_for)
      : config_(config) {
    for (const Kernels& kernels : catalog.usable) {
      Candidate& candidate = candidates_.emplace_back();
      candidate.kernels = kernels;
      try {
        candidate.pool.emplace(config, ForTrial(settings_for(config), kernels));
      } catch (const PoolError&) {
        // Built in and supported, but not at this n: no candidate.
        candidates_.pop_back();
      }
    }
  }

  /// Everybody who is left runs one batch.
  void Round() {
    for (auto candidate = candidates_.begin();
         candidate != candidates_.end();) {
      if (Run(*candidate)) {
        ++candidate;
      } else {
        candidate = candidates_.erase(candidate);
      }
    }
  }

  void DropSlowerThan(double times) {
    double best_s = std::numeric_limits<double>::infinity();
    for (const Candidate& candidate : candidates_) {
      best_s = std::min(best_s, candidate.shortest_s);
    }
    for (Candidate& candidate : candidates_) {
      if (candidate.shortest_s > times * best_s) candidate.pool.reset();
    }
  }

  std::vector<KernelsSpeed> Speeds() const {
    std::vector<KernelsSpeed> speeds;
    const double flops = static_cast<double>(config_.batch) *
                         FlopsPerTask(config_.operation, config_.n);
    for (const Candidate& candidate : candidates_) {
      speeds.push_back({candidate.kernels, flops / candidate.shortest_s / 1e9});
    }
    return speeds;
  }

 private:
  /// False if it fails.
  bool Run(Candidate& candidate) {
    if (!candidate.pool) return true;
    try {
      usleep(config_.blas_threads > 1 ? kThreadedPauseUs : kPauseUs);
      for (double spent_s = 0; spent_s < kTurnS;) {
        const BatchTiming timing = candidate.pool->RunBatch(kCapS);
        if (timing.capped) return false;
        candidate.shortest_s = std::min(candidate.shortest_s, timing.wall_s);
        spent_s += timing.wall_s;
      }
      candidate.pool->Verify();
      return true;
    } catch (const PoolError&) {
      return false;
    }
  }

  Config config_;
  std::list<Candidate> candidates_;
};

}  // namespace

std::vector<KernelsSpeed> MeasureSpeeds(const KernelsCatalog& catalog,
                                        std::uint64_t n,
                                        std::uint32_t blas_threads,
                                        const SettingsFor& settings_for,
                                        double budget_s) {
  const Clock::time_point begin = Clock::now();
  Config config;
  config.family = "Kernels";
  config.data = Data::kHot;
  config.n = n;
  config.blas_threads = blas_threads;
  const double task_s =
      FlopsPerTask(config.operation, n) / (kUsualGflops * 1e9 * blas_threads);
  config.batch =
      static_cast<std::uint64_t>(std::clamp(kBatchS / task_s, 1.0, 1e5));
  Contest contest(catalog, config, settings_for);
  for (std::size_t round = 0; round < kMostRounds; ++round) {
    contest.Round();
    contest.DropSlowerThan(kBehind[std::min(round, kBehind.size() - 1)]);
    const std::chrono::duration<double> spent = Clock::now() - begin;
    if (round + 1 >= kFewestRounds && spent.count() > budget_s) break;
  }
  return contest.Speeds();
}

}  // namespace hybrid
