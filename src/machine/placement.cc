#include "machine/placement.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <optional>
#include <vector>

namespace hybrid {
namespace {

// Cores by their place in Topology::cores, in the order they are given out.
using Cores = std::vector<std::size_t>;

void Append(std::vector<Cores> more, std::vector<Cores>& all) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

// Gives workers cores of their own. Every call gets enough cores for its
// workers, and returns as many sets as there are workers.
class Divider {
 public:
  Divider(const std::vector<CoreInfo>& infos, std::size_t blas_threads)
      : infos_(infos), blas_threads_(blas_threads) {}

  std::vector<Cores> Divide(const Cores& cores, std::size_t workers) const {
    if (workers == 0) return {};
    // Memory comes first: a worker touches its own, and what another node holds
    // is far for half of a worker that straddles. Kinds come before sockets,
    // because some systems call a cluster of equal cores a socket.
    if (auto sets = Halve(cores, workers, &CoreInfo::numa_node)) return *sets;
    if (auto sets = SeparateKinds(cores, workers)) return *sets;
    if (auto sets = Halve(cores, workers, &CoreInfo::socket)) return *sets;
    if (auto sets = Halve(cores, workers, &CoreInfo::last_level_cache)) {
      return *sets;
    }
    return DivideEvenly(cores, workers);
  }

 private:
  // How many workers `cores` cores hold.
  std::size_t Capacity(std::size_t cores) const {
    return cores / blas_threads_;
  }

  // How many workers `cores` hold if none straddles a boundary where `key`
  // changes.
  std::size_t CapacityOfParts(const Cores& cores, int CoreInfo::*key) const {
    std::size_t workers = 0;
    std::size_t begin = 0;
    for (std::size_t end = 1; end <= cores.size(); ++end) {
      if (end < cores.size() &&
          infos_[cores[end]].*key == infos_[cores[begin]].*key) {
        continue;
      }
      workers += Capacity(end - begin);
      begin = end;
    }
    return workers;
  }

  // Divides the two halves on either side of the boundary (where `key` changes)
  // that is nearest to the middle. Nothing if there is none, or if a worker
  // would have to straddle it.
  std::optional<std::vector<Cores>> Halve(const Cores& cores,
                                          std::size_t workers,
                                          int CoreInfo::*key) const {
    std::size_t boundary = 0;
    const auto from_middle = [&cores](std::size_t position) {
      return std::max(2 * position, cores.size()) -
             std::min(2 * position, cores.size());
    };
    for (std::size_t i = 1; i < cores.size(); ++i) {
      if (infos_[cores[i]].*key == infos_[cores[i - 1]].*key) continue;
      if (boundary == 0 || from_middle(i) < from_middle(boundary)) boundary = i;
    }
    if (boundary == 0) return std::nullopt;
    const auto middle = cores.begin() + static_cast<std::ptrdiff_t>(boundary);
    const Cores first(cores.begin(), middle);
    const Cores second(middle, cores.end());
    std::size_t room_first = CapacityOfParts(first, key);
    std::size_t room_second = CapacityOfParts(second, key);
    if (room_first + room_second < workers) {
      // Some will straddle, but they need not do so here.
      room_first = Capacity(first.size());
      room_second = Capacity(second.size());
    }
    if (room_first + room_second < workers) return std::nullopt;
    // Each worker goes where it gets the most cores (D'Hondt's method), which
    // makes the smallest share as large as it can be.
    std::size_t in_first = 0;
    std::size_t in_second = 0;
    while (in_first + in_second < workers) {
      const bool more_in_first =
          first.size() * (in_second + 1) >= second.size() * (in_first + 1);
      const bool goes_first =
          in_first < room_first && (more_in_first || in_second == room_second);
      ++(goes_first ? in_first : in_second);
    }
    std::vector<Cores> sets = Divide(first, in_first);
    Append(Divide(second, in_second), sets);
    return sets;
  }

  // Puts as many workers as it holds on the fastest kind, then on the next one.
  // Where that leaves workers over, they mix kinds, the slowest ones only if
  // they are needed. Nothing if all cores are of one kind.
  std::optional<std::vector<Cores>> SeparateKinds(Cores cores,
                                                  std::size_t workers) const {
    const auto kind_of = [this](std::size_t core) { return infos_[core].kind; };
    std::stable_sort(cores.begin(), cores.end(),
                     [&kind_of](std::size_t a, std::size_t b) {
                       return kind_of(a) > kind_of(b);
                     });
    if (kind_of(cores.front()) == kind_of(cores.back())) return std::nullopt;
    std::vector<Cores> sets;
    std::size_t end_of_enough = 0;
    for (auto begin = cores.begin(); begin != cores.end();) {
      const auto end = std::find_if(begin, cores.end(), [&](std::size_t core) {
        return kind_of(core) != kind_of(*begin);
      });
      const Cores equal(begin, end);
      Append(Divide(equal,
                    std::min(Capacity(equal.size()), workers - sets.size())),
             sets);
      if (end_of_enough < workers * blas_threads_) {
        end_of_enough = static_cast<std::size_t>(end - cores.begin());
      }
      begin = end;
    }
    if (sets.size() == workers) return sets;
    cores.resize(end_of_enough);
    return DivideEvenly(cores, workers);
  }

  // Runs of equal length. They are spread over the cores instead of coming one
  // after the other, so that with an even number of workers none straddles the
  // middle, whatever there is.
  static std::vector<Cores> DivideEvenly(const Cores& cores,
                                         std::size_t workers) {
    std::vector<Cores> sets;
    const auto length = static_cast<std::ptrdiff_t>(cores.size() / workers);
    for (std::size_t w = 0; w < workers; ++w) {
      const auto begin = cores.begin() + static_cast<std::ptrdiff_t>(
                                             cores.size() * w / workers);
      sets.emplace_back(begin, begin + length);
    }
    return sets;
  }

  const std::vector<CoreInfo>& infos_;
  std::size_t blas_threads_;
};

}  // namespace

std::vector<CpuList> AssignCores(const Topology& topology, int workers,
                                 int blas_threads) {
  if (workers < 1 || blas_threads < 1) return {};
  const auto count = static_cast<std::size_t>(workers);
  const auto threads = static_cast<std::size_t>(blas_threads);
  const std::vector<CpuList>& cores = topology.cores;
  // Divided, not multiplied: no product can overflow.
  if (cores.size() / count < threads) return {};

  std::vector<CoreInfo> infos = topology.core_infos;
  infos.resize(cores.size());
  Cores all(cores.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const std::vector<Cores> sets = Divider(infos, threads).Divide(all, count);

  // What a worker has beyond the others would be slack that they lack.
  const std::size_t share =
      std::min_element(
          sets.begin(), sets.end(),
          [](const Cores& a, const Cores& b) { return a.size() < b.size(); })
          ->size();
  std::vector<CpuList> assigned(count);
  for (std::size_t w = 0; w < count; ++w) {
    for (std::size_t i = 0; i < share; ++i) {
      const CpuList& cpus = cores[sets[w][i]];
      assigned[w].insert(assigned[w].end(), cpus.begin(), cpus.end());
    }
    std::sort(assigned[w].begin(), assigned[w].end());
  }
  return assigned;
}

}  // namespace hybrid
