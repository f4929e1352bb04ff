#include "sweep/splits.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <tuple>

#include "base/contains.h"

namespace hybrid {

std::vector<std::uint64_t> ScaleUpTo(std::uint64_t most) {
  std::vector<std::uint64_t> values;
  for (std::uint64_t power = 1; power <= most; power *= 2) {
    values.push_back(power);
  }
  if (values.back() != most) values.push_back(most);
  return values;
}

namespace {

/// Batches of fewer tasks than cores: so many rounds are tried.
constexpr std::uint64_t kMostRounds = 4;

bool HasFewerThreads(const Split& a, const Split& b) {
  const auto order = [](const Split& split) {
    return std::tuple(split.all_threads(), split.host_count, split.workers);
  };
  return order(a) < order(b);
}

void SortUnique(std::vector<Split>& splits) {
  std::sort(splits.begin(), splits.end(), HasFewerThreads);
  splits.erase(std::unique(splits.begin(), splits.end()), splits.end());
}

/// Numbers of workers that finish `batch` in 1, 2, … rounds, each full, where
/// there are cores enough for a worker per task.
std::vector<std::uint64_t> WorkersOfRounds(std::uint64_t batch,
                                           std::uint64_t cores) {
  std::vector<std::uint64_t> workers;
  for (std::uint64_t rounds = 1; batch < cores && rounds <= kMostRounds;
       ++rounds) {
    workers.push_back((batch + rounds - 1) / rounds);
  }
  return workers;
}

/// The splits that are there for what they say of the machine.
std::vector<Split> Needed(std::uint64_t cores, std::uint64_t batch) {
  std::vector<Split> splits{{1, 2 * cores}, {2 * cores, 1}, {cores, cores}};
  for (const std::uint64_t value : ScaleUpTo(cores)) {
    splits.push_back({value, 1});
    splits.push_back({1, value});
  }
  for (std::uint64_t divisor = 1; divisor <= cores; ++divisor) {
    if (cores % divisor == 0) splits.push_back({divisor, cores / divisor});
  }
  for (const std::uint64_t workers : WorkersOfRounds(batch, cores)) {
    splits.push_back({workers, cores / workers});
  }
  SortUnique(splits);
  return splits;
}

/// A tenth more than the pairs of powers of two up to twice the cores, and what
/// the cores themselves add.
std::size_t MostSplits(std::uint64_t cores) {
  const auto powers = static_cast<std::size_t>(std::bit_width(cores));
  const std::size_t pairs = (powers + 1) * (powers + 2) / 2 + 5;
  return pairs + pairs / 10;
}

std::vector<Split> AutoSplits(std::uint64_t cores, std::uint64_t batch) {
  std::vector<Split> splits = Needed(cores, batch);
  std::vector<Split> more;
  for (const std::uint64_t workers : ScaleUpTo(cores)) {
    for (const std::uint64_t blas_threads : ScaleUpTo(cores)) {
      const Split split{workers, blas_threads};
      if (workers * blas_threads <= cores && !Contains(splits, split)) {
        more.push_back(split);
      }
    }
  }
  SortUnique(more);
  const std::size_t room =
      MostSplits(cores) - std::min(MostSplits(cores), splits.size());
  splits.insert(
      splits.end(),
      more.end() - static_cast<std::ptrdiff_t>(std::min(room, more.size())),
      more.end());
  SortUnique(splits);
  return splits;
}

/// What goes with `value` workers, or threads, where the other axis is `auto`;
/// `rounds` are further values of it.
std::vector<std::uint64_t> Partners(std::uint64_t value, std::uint64_t cores,
                                    std::vector<std::uint64_t> rounds) {
  std::vector<std::uint64_t> partners{1};
  const auto add = [&](std::uint64_t partner) {
    if (partner >= 1 && !Contains(partners, partner)) {
      partners.push_back(partner);
    }
  };
  for (const std::uint64_t power : ScaleUpTo(cores)) rounds.push_back(power);
  for (const std::uint64_t partner : rounds) {
    if (partner <= cores / value) add(partner);
  }
  add(cores / value);
  if (value == 1) add(2 * cores);
  if (value == cores) add(cores);
  return partners;
}

}  // namespace

std::vector<Split> SplitsOf(const Axis& workers, const Axis& blas_threads,
                            int usable_cores, std::uint64_t batch) {
  const auto cores = static_cast<std::uint64_t>(std::max(usable_cores, 1));
  if (workers.is_auto && blas_threads.is_auto) return AutoSplits(cores, batch);
  std::vector<Split> splits;
  if (workers.is_auto) {
    for (const std::uint64_t threads : blas_threads.values) {
      for (const std::uint64_t partner :
           Partners(threads, cores, WorkersOfRounds(batch, cores))) {
        splits.push_back({partner, threads});
      }
    }
  } else {
    for (const std::uint64_t value : workers.values) {
      for (const std::uint64_t threads : blas_threads.is_auto
                                             ? Partners(value, cores, {})
                                             : blas_threads.values) {
        splits.push_back({value, threads});
      }
    }
  }
  std::sort(splits.begin(), splits.end(), HasFewerThreads);
  return splits;
}

std::vector<Split> SplitsOf(std::span<const std::uint64_t> host_counts,
                            std::span<const Engine> engines,
                            const Axis& workers, const Axis& blas_threads,
                            int usable_cores, std::uint64_t batch) {
  static const Axis one_worker{.is_auto = false, .values = {1}};
  std::vector<Split> splits;
  for (const std::uint64_t hosts : host_counts) {
    const std::uint64_t of_each = batch / hosts + (batch % hosts > 0 ? 1 : 0);
    for (const Engine engine : engines) {
      for (Split split :
           SplitsOf(engine == Engine::kBatched ? one_worker : workers,
                    blas_threads, usable_cores, of_each)) {
        split.engine = engine;
        split.host_count = hosts;
        splits.push_back(split);
      }
    }
  }
  std::stable_sort(splits.begin(), splits.end(), HasFewerThreads);
  return splits;
}

}  // namespace hybrid
