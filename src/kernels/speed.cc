#include "kernels/speed.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "operation/operation.h"

namespace hybrid {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kEndless = std::numeric_limits<double>::infinity();

/// A batch this long is timed to well under a percent.
constexpr double kBatchS = 2e-3;
constexpr double kUsualGflops = 40;
/// A turn: batches for this long, stopped where that takes far longer.
/// Threads may spin on after a batch, on the cores of who comes next; so all
/// pause first, and more than one batch counts.
constexpr double kTurnS = 5e-3;
constexpr double kCapTurns = 20;
constexpr std::chrono::milliseconds kPause{2};
/// Threads may start out on one core, where BLIS's spinning ones need a
/// thousand times as long, until the scheduler moves them.
constexpr double kThreadedWarmUpS = 0.03;
/// A batch that got less of the CPU time it could use was disturbed: by others
/// in the run queue, or by threads that share one core.
constexpr double kUndisturbedShare = 0.85;
constexpr std::size_t kMostRounds = 40;
/// With more of the time disturbed, others were at work all along.
constexpr double kDisturbedShare = 0.3;
/// So many of the best turns count, by their median.
constexpr std::size_t kBestTurns = 3;
/// Who was this many times slower in the best of so many undisturbed turns
/// drops out; the last one holds for all later turns.
constexpr std::array<double, 6> kBehind{kEndless, kEndless, 3, 1.5, 1.25, 1.1};

struct Candidate {
  Kernels kernels;
  /// None of who has dropped out or failed.
  std::unique_ptr<WorkerGroup> worker;
  std::vector<std::optional<double>> turns_s;
  /// Disturbed ones too, for who has no others.
  double shortest_s = kEndless;
  bool failed_before = false;
  std::string failure;  ///< the one that ended it
};

/// The undisturbed ones, shortest first.
std::vector<double> BestFirst(
    const std::vector<std::optional<double>>& turns_s) {
  std::vector<double> sorted;
  for (const std::optional<double>& turn_s : turns_s) {
    if (turn_s) sorted.push_back(*turn_s);
  }
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

double TaskS(const Key& key) {
  return OperationNamed(key.operation).flops(ShapeOf(key)) /
         (kUsualGflops * 1e9 * static_cast<double>(key.blas_threads));
}

class Contest {
 public:
  Contest(std::span<const Kernels> all, std::string library, const Key& key,
          const SettingsFor& settings_for)
      : library_(std::move(library)), key_(key), settings_for_(settings_for) {
    for (const Kernels& kernels : all) {
      Candidate& candidate = candidates_.emplace_back();
      candidate.kernels = kernels;
      Guard(candidate, [&] { Launch(candidate); });
    }
  }

  /// Everybody who is left has a turn.
  void Round() {
    ++rounds_;
    for (Candidate& candidate : candidates_) {
      if (candidate.worker) Guard(candidate, [&] { Turn(candidate); });
    }
  }

  void DropTheSlow() {
    double best_s = kEndless;
    for (const Candidate& candidate : candidates_) {
      const std::vector<double> turns_s = BestFirst(candidate.turns_s);
      if (!turns_s.empty()) best_s = std::min(best_s, turns_s.front());
    }
    for (Candidate& candidate : candidates_) {
      const std::vector<double> turns_s = BestFirst(candidate.turns_s);
      const double times =
          kBehind[std::min(turns_s.size(), kBehind.size() - 1)];
      if (turns_s.empty() || candidate.kernels.name == library_) continue;
      if (turns_s.front() > times * best_s) candidate.worker.reset();
    }
  }

  /// Somebody who is left has too few turns that were undisturbed.
  bool Disturbed() const {
    return std::any_of(
        candidates_.begin(), candidates_.end(), [](const Candidate& candidate) {
          return candidate.worker &&
                 BestFirst(candidate.turns_s).size() < kFewestTurns;
        });
  }

  SpeedContest Result() const {
    SpeedContest result;
    result.beside_others = disturbed_s_ > kDisturbedShare * batches_s_;
    const double flops = static_cast<double>(key_.batch) *
                         OperationNamed(key_.operation).flops(ShapeOf(key_));
    for (const Candidate& candidate : candidates_) {
      if (!candidate.failure.empty()) {
        result.failed.push_back({candidate.kernels.name, candidate.failure});
        continue;
      }
      const std::vector<double> turns_s = BestFirst(candidate.turns_s);
      const double batch_s =
          turns_s.empty()
              ? candidate.shortest_s
              : turns_s[(std::min(turns_s.size(), kBestTurns) - 1) / 2];
      result.speeds.push_back(
          {candidate.kernels, flops / batch_s / 1e9, candidate.turns_s});
    }
    return result;
  }

 private:
  void Launch(Candidate& candidate) {
    candidate.worker =
        LaunchGroup(key_, ForTrial(settings_for_(key_), candidate.kernels));
  }

  /// Does `step`. A worker that fails at it may have been the victim of
  /// something else, so another one takes its place, once.
  void Guard(Candidate& candidate, const std::function<void()>& step) {
    try {
      step();
      return;
    } catch (const PoolError& error) {
      candidate.failure = error.what();
    }
    candidate.worker.reset();
    candidate.turns_s.resize(rounds_);
    if (std::exchange(candidate.failed_before, true)) return;
    candidate.failure.clear();
    Guard(candidate, [&] { Launch(candidate); });
  }

  void Turn(Candidate& candidate);

  std::string library_;
  Key key_;
  const SettingsFor& settings_for_;
  double usual_batch_s_ = static_cast<double>(key_.batch) * TaskS(key_);
  std::vector<Candidate> candidates_;
  std::size_t rounds_ = 0;
  double batches_s_ = 0;    // of all candidates together
  double disturbed_s_ = 0;  // of which others took CPU time
};

void Contest::Turn(Candidate& candidate) {
  WorkerGroup& worker = *candidate.worker;
  const bool threaded = key_.blas_threads > 1;
  std::this_thread::sleep_for(threaded ? kThreadsFallAsleep : kPause);
  if (threaded && candidate.turns_s.empty()) worker.RunBatch(kThreadedWarmUpS);
  const double cap_s = kCapTurns * std::max(kTurnS, usual_batch_s_);
  std::optional<double> undisturbed_s;
  for (double spent_s = 0; spent_s < kTurnS;) {
    // One that was stopped would have taken longer still.
    const BatchTiming timing = worker.RunBatch(cap_s);
    spent_s += timing.wall_s;
    batches_s_ += timing.wall_s;
    candidate.shortest_s = std::min(candidate.shortest_s, timing.wall_s);
    if (CpuShare(timing, key_.blas_threads, key_.blas_threads) <
        kUndisturbedShare) {
      disturbed_s_ += timing.wall_s;
      continue;
    }
    undisturbed_s =
        std::min(undisturbed_s.value_or(timing.wall_s), timing.wall_s);
  }
  worker.Verify();
  candidate.turns_s.push_back(undisturbed_s);
}

}  // namespace

std::size_t UndisturbedTurns(const KernelsSpeed& speed) {
  return BestFirst(speed.turns_s).size();
}

SpeedContest MeasureSpeeds(std::span<const Kernels> all,
                           const std::string& library,
                           const KernelsPlace& place,
                           const SettingsFor& settings_for, double budget_s,
                           const std::string& blas) {
  const Clock::time_point begin = Clock::now();
  Key key;
  key.blas = blas;
  key.data = Data::kHot;
  key.precision = place.precision;
  key.n = place.n;
  key.blas_threads = place.blas_threads;
  key.batch =
      static_cast<std::uint64_t>(std::clamp(kBatchS / TaskS(key), 1.0, 1e5));
  Contest contest(all, library, key, settings_for);
  for (std::size_t round = 1; round <= kMostRounds; ++round) {
    contest.Round();
    contest.DropTheSlow();
    const std::chrono::duration<double> spent = Clock::now() - begin;
    const double allowed_s = contest.Disturbed() ? 2 * budget_s : budget_s;
    if (round >= kFewestTurns && spent.count() > allowed_s) break;
  }
  return contest.Result();
}

}  // namespace hybrid
