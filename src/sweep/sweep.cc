#include "sweep/sweep.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

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

/// Each of `keys` with each of `values`.
template <typename Value>
std::vector<Key> Times(const std::vector<Key>& keys, Value Key::*part,
                       const std::vector<Value>& values) {
  std::vector<Key> product;
  product.reserve(keys.size() * values.size());
  for (const Key& key : keys) {
    for (const Value& value : values) {
      product.push_back(key);
      product.back().*part = value;
    }
  }
  return product;
}

/// The product of all axes but the split, the last one fastest.
std::vector<Key> Tasks(const SweepAxes& axes) {
  std::vector<Key> keys(1);
  keys = Times(keys, &Key::pin, {axes.pin});
  keys = Times(keys, &Key::seed, {axes.seed});
  keys = Times(keys, &Key::operation, axes.operations);
  keys = Times(keys, &Key::data, axes.data);
  keys = Times(keys, &Key::collect, axes.collect);
  keys = Times(keys, &Key::kernels_asked, axes.kernels);
  keys = Times(keys, &Key::n, axes.n.values);
  keys = Times(keys, &Key::batch, axes.batch.values);
  return keys;
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

Key FirstTasks(const SweepAxes& axes) { return Tasks(axes).front(); }

Sweep ExpandSweep(const SweepAxes& axes, const Machine& machine) {
  Sweep sweep;
  const std::vector<Split> splits = Splits(axes, machine.usable_cores);
  for (Key key : Tasks(axes)) {
    for (const Split& split : splits) {
      key.workers = split.workers;
      key.blas_threads = split.blas_threads;
      if (std::optional<std::string> reason = WhyNotAdmissible(key, machine)) {
        sweep.skipped.push_back({key, std::move(*reason)});
      } else {
        sweep.keys.push_back(key);
      }
    }
  }
  return sweep;
}

}  // namespace hybrid
