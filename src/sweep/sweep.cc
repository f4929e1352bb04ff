#include "sweep/sweep.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "sweep/admission.h"

namespace hybrid {
namespace {

std::vector<Split> Splits(const SweepAxes& axes, int usable_cores) {
  const auto cores = static_cast<std::uint64_t>(usable_cores);
  const bool limited = axes.workers.is_auto || axes.blas_threads.is_auto;
  const auto values = [cores](const Axis& axis) {
    return axis.is_auto ? AutoValues(static_cast<int>(cores)) : axis.values;
  };
  std::vector<Split> splits;
  for (const std::uint64_t workers : values(axes.workers)) {
    for (const std::uint64_t blas_threads : values(axes.blas_threads)) {
      const bool library_default = workers == cores && blas_threads == cores;
      if (limited && workers * blas_threads > 2 * cores && !library_default) {
        continue;
      }
      splits.push_back({workers, blas_threads});
    }
  }
  std::stable_sort(
      splits.begin(), splits.end(), [](const Split& a, const Split& b) {
        const auto order = [](const Split& split) {
          return std::tuple(split.workers * split.blas_threads, split.workers);
        };
        return order(a) < order(b);
      });
  return splits;
}

}  // namespace

std::vector<std::uint64_t> AutoValues(int usable_cores) {
  const auto cores = static_cast<std::uint64_t>(usable_cores);
  std::vector<std::uint64_t> values;
  for (std::uint64_t power = 1; power <= 2 * cores; power *= 2) {
    if (cores > power / 2 && cores < power) values.push_back(cores);
    values.push_back(power);
  }
  return values;
}

Sweep ExpandSweep(const SweepAxes& axes, int usable_cores,
                  std::uint64_t memory_available_bytes) {
  Sweep sweep;
  const auto add = [&](const Key& key) {
    if (std::optional<std::string> reason =
            WhyNotAdmissible(key, usable_cores, memory_available_bytes)) {
      sweep.skipped.push_back({key, std::move(*reason)});
    } else {
      sweep.keys.push_back(key);
    }
  };
  const std::vector<Split> splits = Splits(axes, usable_cores);
  Key key;
  key.pin = axes.pin;
  key.seed = axes.seed;
  for (const std::string& operation : axes.operations) {
    key.operation = operation;
    for (const Data data : axes.data) {
      key.data = data;
      for (const Collect collect : axes.collect) {
        key.collect = collect;
        for (const std::string& kernels : axes.kernels) {
          key.kernels_asked = kernels;
          for (const std::uint64_t n : axes.n.values) {
            key.n = n;
            for (const std::uint64_t batch : axes.batch.values) {
              key.batch = batch;
              for (const Split& split : splits) {
                key.workers = split.workers;
                key.blas_threads = split.blas_threads;
                add(key);
              }
            }
          }
        }
      }
    }
  }
  return sweep;
}

}  // namespace hybrid
