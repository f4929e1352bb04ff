#include "search/simulated_run.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "statistics/samples.h"

namespace hybrid {
namespace {

/// After this the machine's speed repeats itself.
constexpr double kPeriodS = 900;
/// A check of the machine's speed, before and after a launch.
constexpr double kSpeedCheckS = 2 * 0.0022;
constexpr double kSpeedCheckOfThreadsS = 2 * 0.008;

/// `to` at `value` of `from`, both ascending, in straight lines; both repeat
/// themselves beyond their ends.
double Interpolate(const std::vector<double>& from,
                   const std::vector<double>& to, double value) {
  const double periods = std::floor(value / from.back());
  const double within = value - periods * from.back();
  const auto next = static_cast<std::size_t>(
      std::upper_bound(from.begin() + 1, from.end() - 1, within) -
      from.begin());
  const double share =
      (within - from[next - 1]) / (from[next] - from[next - 1]);
  return periods * to.back() + to[next - 1] + share * (to[next] - to[next - 1]);
}

}  // namespace

SimulatedClock::SimulatedClock(const SimulatedMachine& machine,
                               SimulatedRandom& random) {
  // A walk that ends where it began, a step a second.
  constexpr auto kSteps = static_cast<std::size_t>(kPeriodS);
  constexpr double kMostDrift = 0.15;
  std::vector<double> drift(kSteps);
  double at = 0;
  for (double& value : drift) {
    at += 0.3 * machine.drift * random.Normal();
    value = at;
  }
  for (std::size_t i = 0; i < kSteps; ++i) {
    drift[i] -= at * static_cast<double>(i) / static_cast<double>(kSteps - 1);
  }
  struct Event {
    double begin, end, speed;
  };
  std::vector<Event> events;
  for (const SimulatedDisturbance& disturbance : machine.disturbances) {
    double begin = 0;
    while ((begin += random.Exponential(1 / disturbance.per_s)) < kPeriodS) {
      const double end = begin + random.Exponential(disturbance.mean_s);
      const double speed =
          random.Uniform(disturbance.least_speed, disturbance.most_speed);
      if (end < kPeriodS) events.push_back({begin, end, speed});
    }
  }
  for (std::size_t i = 0; i <= kSteps; ++i) {
    begins_.push_back(static_cast<double>(i));
  }
  for (const Event& event : events) {
    begins_.push_back(event.begin);
    begins_.push_back(event.end);
  }
  std::sort(begins_.begin(), begins_.end());
  begins_.erase(std::unique(begins_.begin(), begins_.end()), begins_.end());

  std::vector<double> speed(begins_.size() - 1);
  for (std::size_t i = 0; i < speed.size(); ++i) {
    const auto second = static_cast<std::size_t>(begins_[i]);
    speed[i] = std::exp(std::clamp(drift[second], -kMostDrift, kMostDrift));
  }
  const auto piece = [this](double time) {
    return static_cast<std::size_t>(
        std::lower_bound(begins_.begin(), begins_.end(), time) -
        begins_.begin());
  };
  for (const Event& event : events) {
    const std::size_t end = piece(event.end);
    for (std::size_t i = piece(event.begin); i < end; ++i) {
      speed[i] *= event.speed;
    }
  }
  work_.push_back(0);
  for (std::size_t i = 0; i < speed.size(); ++i) {
    work_.push_back(work_.back() + speed[i] * (begins_[i + 1] - begins_[i]));
  }
  now_s_ = start_s_ = random.Uniform(0, kPeriodS);
}

double SimulatedClock::When(double work_s) const {
  return Interpolate(work_, begins_,
                     Interpolate(begins_, work_, now_s_) + work_s);
}

SimulatedRun::SimulatedRun(const SimulatedGroup& group, std::uint64_t seed)
    : group_(group), random_({seed}), clock_(group.machine(), random_) {}

double SimulatedRun::Start(const SimulatedSplit& split) {
  clock_.Advance(split.start_s);
  if (split.is_erratic) return split.noise * random_.Normal();
  double launch = random_.Normal();
  // Some are placed badly.
  if (random_.Chance(0.06)) launch += random_.Exponential(2.5);
  return launch * group_.machine().launch_noise * split.noise;
}

SimulatedRun::Batches SimulatedRun::Measure(const SimulatedSplit& split,
                                            double launch,
                                            const Manner& manner) {
  const double batch_s =
      split.is_erratic
          ? split.batch_s + split.erratic_s * (std::exp(launch) - 1)
          : split.batch_s * std::exp(launch);
  double noise =
      split.noise * (split.is_erratic ? 0.15 : group_.machine().batch_noise);
  if (batch_s < 2e-4) noise = std::hypot(noise, 0.03);
  if (manner.warms_up && batch_s < 0.01) clock_.Advance(1.3 * batch_s);
  // At most 8 pieces of so many batches each.
  constexpr double kMostPieces = 8;
  const double batches = std::max(1.0, std::ceil(manner.least_s / batch_s));
  const double pieces = std::min(batches, kMostPieces);
  const double each = batches / pieces;
  std::vector<double> seconds;
  double work = 0;
  double end = clock_.now_s();
  for (double piece = 0; piece < pieces; ++piece) {
    double more = batch_s * each *
                  std::exp(random_.Normal() *
                           std::hypot(noise / std::sqrt(each), 0.3 * noise));
    // Without a warm-up: pages, caches.
    if (batches == 1 && batch_s >= 0.01) more *= 1 + random_.Exponential(0.01);
    work += more;
    const double begin = end;
    end = clock_.When(work);
    seconds.push_back((end - begin) / each);
  }
  const auto over =
      std::find_if(seconds.begin(), seconds.end(),
                   [&](double batch) { return batch > manner.cap_s; });
  if (over != seconds.end() && (each <= 1.5 || seconds[0] > manner.cap_s)) {
    if (each <= 1.5) {
      for (auto piece = seconds.begin(); piece < over; ++piece) {
        clock_.Advance(*piece * each);
      }
    }
    clock_.Advance(manner.cap_s);
    return {manner.cap_s, true};
  }
  clock_.Advance(end - clock_.now_s());
  clock_.Advance(split.split.blas_threads == 1 ? kSpeedCheckS
                                               : kSpeedCheckOfThreadsS);
  return {manner.takes_median ? *Median(seconds) : Mean(seconds), false};
}

Launch SimulatedRun::MeasureTask(const PlannedLaunch& planned) {
  const SimulatedSplit& one = group_.Of(planned.id.split);
  const double launch = Start(one);
  const double task_s = one.load_s + one.operate_s;
  const double tasks =
      std::min(static_cast<double>(group_.batch()),
               std::max(1.0, std::ceil(planned.cap_s / task_s)));
  const double batches = std::max(1.0, std::ceil(kLaunchS / (tasks * task_s)));
  const double work =
      task_s * tasks * batches *
      std::exp(launch + group_.machine().batch_noise * random_.Normal());
  const double seconds = clock_.When(work) - clock_.now_s();
  clock_.Advance(seconds + kSpeedCheckS);
  const double slower = seconds / (tasks * batches) / task_s;
  return {.id = planned.id,
          .load_s = slower * one.load_s,
          .operate_s = slower * one.operate_s};
}

}  // namespace hybrid
