#include "sweep/sweep.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "sweep/admission.h"

namespace hybrid {
namespace {

struct Split {
  std::uint32_t workers;
  std::uint32_t blas_threads;
};

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
      splits.push_back({static_cast<std::uint32_t>(workers),
                        static_cast<std::uint32_t>(blas_threads)});
    }
  }
  std::stable_sort(
      splits.begin(), splits.end(), [](const Split& a, const Split& b) {
        const auto key = [](const Split& split) {
          return std::tuple(std::uint64_t{split.workers} * split.blas_threads,
                            split.workers);
        };
        return key(a) < key(b);
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
  const auto add = [&](const Config& config) {
    if (std::optional<std::string> reason =
            WhyNotAdmissible(config, usable_cores, memory_available_bytes)) {
      sweep.skipped.push_back({config, std::move(*reason)});
    } else {
      sweep.configs.push_back(config);
    }
  };
  const std::vector<Split> splits = Splits(axes, usable_cores);
  Config config;
  config.pin = axes.pin;
  config.seed = axes.seed;
  for (const Operation operation : axes.operations) {
    config.operation = operation;
    for (const Data data : axes.data) {
      config.data = data;
      for (const Collect collect : axes.collect) {
        config.collect = collect;
        for (const std::string& kernels : axes.kernels) {
          config.kernels = kernels;
          for (const std::uint64_t n : axes.n.values) {
            config.n = n;
            for (const std::uint64_t batch : axes.batch.values) {
              config.batch = batch;
              for (const Split& split : splits) {
                config.workers = split.workers;
                config.blas_threads = split.blas_threads;
                add(config);
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
