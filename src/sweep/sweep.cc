#include "sweep/sweep.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/contains.h"
#include "operation/operation.h"
#include "sweep/admission.h"
#include "sweep/splits.h"

namespace hybrid {
namespace {

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

/// Each of `keys` with each aspect: `auto` is the operation's own.
std::vector<Key> WithAspects(std::vector<Key> keys, const Axis& aspect) {
  if (!aspect.is_auto) return Times(keys, &Key::aspect, aspect.values);
  for (Key& key : keys) {
    key.aspect = UsualAspect(OperationNamed(key.operation));
  }
  return keys;
}

/// The product of all axes but the split, the last one fastest.
std::vector<Key> Tasks(const SweepAxes& axes) {
  std::vector<Key> keys(1);
  keys = Times(keys, &Key::pin, {axes.pin});
  keys = Times(keys, &Key::seed, {axes.seed});
  keys = Times(keys, &Key::operation, axes.operations);
  keys = Times(keys, &Key::command, {axes.command});
  keys = Times(keys, &Key::protocol, {axes.protocol});
  keys = Times(keys, &Key::environment, axes.environments);
  keys = Times(keys, &Key::precision, axes.precisions);
  keys = WithAspects(std::move(keys), axes.aspect);
  keys = Times(keys, &Key::blas, axes.blas);
  keys = Times(keys, &Key::data, axes.data);
  keys = Times(keys, &Key::collect, axes.collect);
  keys = Times(keys, &Key::kernels_asked, axes.kernels);
  keys = Times(keys, &Key::n, axes.n.values);
  keys = Times(keys, &Key::batch, axes.batch.values);
  return keys;
}

}  // namespace

Axis DefaultBatches(int usable_cores) {
  const auto cores = static_cast<std::uint64_t>(std::max(usable_cores, 1));
  return {.is_auto = false,
          .values = {std::max<std::uint64_t>(8, 2 * cores),
                     std::max<std::uint64_t>(32, 4 * cores)}};
}

Key FirstTasks(const SweepAxes& axes) { return Tasks(axes).front(); }

std::optional<std::uint64_t> FirstAspect(const SweepAxes& axes,
                                         const std::string& operation) {
  const Operation& named = OperationNamed(operation);
  if (axes.aspect.is_auto) return UsualAspect(named);
  const std::vector<std::uint64_t>& values = axes.aspect.values;
  if (named.has_aspects()) return values.front();
  return Contains(values, 1U) ? std::optional<std::uint64_t>(1) : std::nullopt;
}

Sweep ExpandSweep(const SweepAxes& axes, const Machine& machine) {
  Sweep sweep;
  for (Key key : Tasks(axes)) {
    for (const Split& split :
         SplitsOf(axes.host_counts, axes.engines, axes.workers,
                  axes.blas_threads, machine.usable_cores, key.batch)) {
      key.host_count = split.host_count;
      key.engine = split.engine;
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
