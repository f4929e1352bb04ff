#include "search/course.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <tuple>

#include "search/round_order.h"

namespace hybrid {
namespace {

/// What most libraries' threads suffer from: they wait for each other.
bool OversubscribesBlas(const Split& split, int cores) {
  return IsOversubscribed(split, cores) && split.blas_threads > 1;
}

/// The most hosts that any of `splits` is spread over.
std::uint64_t MostHosts(const std::vector<Split>& splits) {
  std::uint64_t most = 1;
  for (const Split& split : splits) most = std::max(most, split.host_count);
  return most;
}

/// How far `split` is from one thread for each core of `hosts` hosts.
double DistanceFromFull(const Split& split, int cores, std::uint64_t hosts) {
  const double all = static_cast<double>(hosts) * cores;
  return std::abs(std::log(static_cast<double>(split.host_count) *
                           static_cast<double>(split.workers) *
                           static_cast<double>(split.blas_threads) / all));
}

/// The least lower bound first, or where there is none what fills the cores of
/// all hosts best with the fewest threads a worker; what oversubscribes them
/// last.
auto Promise(const Split& split, double bound, int cores, std::uint64_t hosts) {
  return std::tuple(OversubscribesBlas(split, cores), bound,
                    DistanceFromFull(split, cores, hosts), split.blas_threads);
}

/// What the launch tells of a task, if it does.
std::optional<TaskPhases> PhasesOf(const Launch& launch) {
  const double load_s = launch.load_s.value_or(-1);
  const double operate_s = launch.operate_s.value_or(-1);
  const auto is_time = [](double seconds) {
    return std::isfinite(seconds) && seconds >= 0;
  };
  if (!is_time(load_s) || !is_time(operate_s)) return std::nullopt;
  return TaskPhases{load_s, operate_s};
}

}  // namespace

Course::Course(const SearchGroup& group, std::span<const Launch> launches)
    : group_(group),
      table_(group, launches),
      count_(table_.splits().size()),
      bounds_(count_),
      is_bounded_(count_, false),
      counted_(count_),
      racers_(count_) {
  for (std::size_t i = 0; i < count_; ++i) {
    racers_[i].logs.resize(1);
    racers_[i].is_calm =
        !IsOversubscribed(table_.splits()[i], group.usable_cores);
  }
}

std::optional<PlannedLaunch> Course::Follow() {
  Screen();
  Judge();
  if (!missing_) RunRace();
  return missing_;
}

const Launch* Course::Take(std::size_t split, Stage stage, std::size_t round,
                           double cap_s) {
  const Launch* const launch = table_.Find(split, stage, round);
  if (launch == nullptr && !missing_) {
    missing_ = {{table_.splits()[split], stage, round}, cap_s, bounds_[split]};
  }
  return launch;
}

void Course::Screen() {
  if (count_ == 0) return;
  // The split cores × 1 on all hosts, which mostly is near the best.
  const auto& splits = table_.splits();
  const auto cores = static_cast<std::uint64_t>(group_.usable_cores);
  const std::uint64_t hosts = MostHosts(splits);
  const auto full =
      std::find_if(splits.begin(), splits.end(), [&](const Split& split) {
        return split.workers == cores && split.blas_threads == 1 &&
               split.host_count == hosts;
      });
  std::size_t first = full == splits.end()
                          ? ScreeningOrder().front()
                          : static_cast<std::size_t>(full - splits.begin());
  // What a program needs is to be known before there are many of it.
  if (group_.key.runs_command()) first = 0;
  ScreenOne(first);
  if (!group_.is_grid) Bound();
  std::vector<std::size_t> order = ScreeningOrder();
  if (group_.is_grid) ShuffleRound(group_.key, 0, order);
  for (const std::size_t split : order) {
    if (split == first) continue;
    // Who has run is not left out, though a leader that was measured again is
    // faster.
    if (bounds_[split] && leader_s_ &&
        table_.Find(split, Stage::kScreen, 0) == nullptr &&
        *bounds_[split] > kBoundSlack * *leader_s_) {
      is_bounded_[split] = true;
    } else {
      ScreenOne(split);
    }
  }
}

void Course::ScreenOne(std::size_t split) {
  const Launch* const launch =
      Take(split, Stage::kScreen, 0, group_.cut_off.For(leader_s_));
  if (launch == nullptr) return;
  counted_[split].push_back(launch);
  if (launch->capped) {
    racers_[split].at_least = std::log(launch->cap_s);
    return;
  }
  racers_[split].logs[0] = std::log(launch->value_s);
  leader_s_ = std::min(leader_s_.value_or(launch->value_s), launch->value_s);
}

void Course::Bound() {
  const auto& splits = table_.splits();
  const auto one =
      std::find_if(splits.begin(), splits.end(), [](const Split& split) {
        return split.workers == 1 && split.blas_threads == 1 &&
               split.host_count == 1 && split.engine != Engine::kBatched;
      });
  if (one == splits.end() || count_ < kFewestSplitsToBound ||
      !group_.has_phases) {
    return;
  }
  std::optional<TaskPhases> least;
  for (std::size_t i = 1; i <= kBoundLaunches; ++i) {
    const Launch* const launch =
        Take(static_cast<std::size_t>(one - splits.begin()), Stage::kBound, i,
             kBoundLaunchS);
    const auto told = launch == nullptr ? std::nullopt : PhasesOf(*launch);
    if (!told) return;
    const TaskPhases& seen = *told;
    least = least ? TaskPhases{std::min(least->load_s, seen.load_s),
                               std::min(least->operate_s, seen.operate_s)}
                  : seen;
  }
  for (std::size_t i = 0; i < count_; ++i) {
    bounds_[i] = LowerBound(group_, splits[i], *least);
  }
}

std::vector<std::size_t> Course::ScreeningOrder() const {
  std::vector<std::size_t> order(count_);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::uint64_t hosts = MostHosts(table_.splits());
  const auto promise = [&](std::size_t split) {
    return Promise(table_.splits()[split], bounds_[split].value_or(0),
                   group_.usable_cores, hosts);
  };
  std::stable_sort(
      order.begin(), order.end(),
      [&](std::size_t a, std::size_t b) { return promise(a) < promise(b); });
  return order;
}

}  // namespace hybrid
