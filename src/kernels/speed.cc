#include "kernels/speed.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <limits>
#include <list>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "operation/operation.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

using Clock = std::chrono::steady_clock;

/// A batch this long is timed to well under a percent.
constexpr double kBatchS = 2e-3;
constexpr double kUsualGflops = 40;
/// A turn: batches for this long, stopped where that takes far longer.
/// Threads may spin on after a batch, on the cores of who comes next; so all
/// pause first, and more than one batch counts.
constexpr double kTurnS = 8e-3;
constexpr double kCapTurns = 20;
constexpr std::chrono::milliseconds kPause{2};
/// Threads may start out on one core, where BLIS's spinning ones need a
/// thousand times as long, until the scheduler moves them.
constexpr double kThreadedWarmUpS = 0.03;
/// A turn this many times longer than the candidate's shortest tells of threads
/// on one core, not of kernels.
constexpr double kSpoiled = 3;
constexpr std::size_t kFewestRounds = 3;
constexpr std::size_t kMostRounds = 40;
/// Who is this many times slower after a round drops out; the last one holds
/// for all later rounds. Generous to threads, which may start out on one core.
constexpr std::array<double, 6> kBehind{3, 2, 1.5, 1.25, 1.1, 1.1};
constexpr std::array<double, 6> kThreadedBehind{100, 30, 6, 2, 1.25, 1.1};

struct Candidate {
  Kernels kernels;
  /// None of who has dropped out.
  std::unique_ptr<WorkerGroup> worker;
  /// The shortest batch of each turn.
  std::vector<double> turns_s;

  double shortest_s() const {
    return turns_s.empty() ? std::numeric_limits<double>::infinity()
                           : *std::min_element(turns_s.begin(), turns_s.end());
  }
};

double TaskS(const Key& key) {
  return OperationNamed(key.operation).flops(key.n) /
         (kUsualGflops * 1e9 * static_cast<double>(key.blas_threads));
}

class Contest {
 public:
  Contest(std::span<const Kernels> all, const Key& key,
          const SettingsFor& settings_for)
      : key_(key) {
    for (const Kernels& kernels : all) {
      Candidate& candidate = candidates_.emplace_back();
      candidate.kernels = kernels;
      try {
        candidate.worker =
            LaunchGroup(key, ForTrial(settings_for(key), kernels));
      } catch (const PoolError&) {
        // Built in and supported, but not at this n: no candidate.
        candidates_.pop_back();
      }
    }
  }

  /// Everybody who is left has a turn.
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
      best_s = std::min(best_s, candidate.shortest_s());
    }
    for (Candidate& candidate : candidates_) {
      if (candidate.shortest_s() > times * best_s) candidate.worker.reset();
    }
  }

  /// Of those who stayed, each turn counts against the fastest of its round,
  /// since the clock of a shared machine drifts by more than kernels differ;
  /// and of all turns the median, which is what a sweep will see of them.
  std::vector<KernelsSpeed> Speeds() const {
    std::vector<double> rounds_s;
    for (std::size_t round = 0; round < Rounds(); ++round) {
      rounds_s.push_back(FastestOfRound(round));
    }
    std::vector<KernelsSpeed> speeds;
    const double flops = static_cast<double>(key_.batch) *
                         OperationNamed(key_.operation).flops(key_.n);
    for (const Candidate& candidate : candidates_) {
      double batch_s = candidate.shortest_s();
      if (candidate.worker) {
        std::vector<double> relative;
        for (std::size_t round = 0; round < rounds_s.size(); ++round) {
          if (candidate.turns_s[round] > kSpoiled * candidate.shortest_s()) {
            continue;
          }
          relative.push_back(candidate.turns_s[round] / rounds_s[round]);
        }
        batch_s = *Median(relative) * *Median(rounds_s);
      }
      speeds.push_back({candidate.kernels, flops / batch_s / 1e9});
    }
    return speeds;
  }

 private:
  /// False if it fails.
  bool Run(Candidate& candidate) {
    if (!candidate.worker) return true;
    try {
      const bool threaded = key_.blas_threads > 1;
      std::this_thread::sleep_for(threaded ? kThreadsFallAsleep : kPause);
      if (threaded && candidate.turns_s.empty()) {
        candidate.worker->RunBatch(kThreadedWarmUpS);
      }
      double shortest_s = std::numeric_limits<double>::infinity();
      const double cap_s = kCapTurns * std::max(kTurnS, usual_batch_s_);
      for (double spent_s = 0; spent_s < kTurnS;) {
        const BatchTiming timing = candidate.worker->RunBatch(cap_s);
        spent_s += timing.wall_s;
        // One that was stopped would have taken longer still.
        shortest_s = std::min(shortest_s, timing.wall_s);
      }
      candidate.turns_s.push_back(shortest_s);
      candidate.worker->Verify();
      return true;
    } catch (const PoolError&) {
      return false;
    }
  }

  std::size_t Rounds() const {
    for (const Candidate& candidate : candidates_) {
      if (candidate.worker) return candidate.turns_s.size();
    }
    return 0;
  }

  double FastestOfRound(std::size_t round) const {
    double fastest_s = std::numeric_limits<double>::infinity();
    for (const Candidate& candidate : candidates_) {
      if (!candidate.worker) continue;
      fastest_s = std::min(fastest_s, candidate.turns_s[round]);
    }
    return fastest_s;
  }

  Key key_;
  double usual_batch_s_ = static_cast<double>(key_.batch) * TaskS(key_);
  std::list<Candidate> candidates_;
};

}  // namespace

std::vector<KernelsSpeed> MeasureSpeeds(std::span<const Kernels> all,
                                        std::uint64_t n,
                                        std::uint64_t blas_threads,
                                        const SettingsFor& settings_for,
                                        double budget_s) {
  const Clock::time_point begin = Clock::now();
  Key key;
  key.data = Data::kHot;
  key.n = n;
  key.blas_threads = blas_threads;
  key.batch =
      static_cast<std::uint64_t>(std::clamp(kBatchS / TaskS(key), 1.0, 1e5));
  const auto& behind = blas_threads > 1 ? kThreadedBehind : kBehind;
  Contest contest(all, key, settings_for);
  for (std::size_t round = 0; round < kMostRounds; ++round) {
    contest.Round();
    contest.DropSlowerThan(behind[std::min(round, behind.size() - 1)]);
    const std::chrono::duration<double> spent = Clock::now() - begin;
    if (round + 1 >= kFewestRounds && spent.count() > budget_s) break;
  }
  return contest.Speeds();
}

}  // namespace hybrid
