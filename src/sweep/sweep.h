#ifndef HYBRID_SWEEP_SWEEP_H_
#define HYBRID_SWEEP_SWEEP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "key/key.h"
#include "machine/machine.h"
#include "sweep/axis.h"

namespace hybrid {

/// The axes of the sweep, as the flags gave them.
struct SweepAxes {
  std::vector<std::string> operations{"gemm"};
  /// Of operation `command`: Key::command, Key::protocol, and each value of
  /// Key::environment. Empty for others.
  std::string command{};
  std::string protocol{};
  std::vector<std::string> environments{""};
  std::vector<Precision> precisions{Precision::kDouble};
  Axis aspect{.is_auto = true, .values = {}};
  std::vector<std::string> blas{"blis"};
  std::vector<Data> data{Data::kFresh};
  std::vector<Collect> collect{Collect::kNone};
  std::vector<std::string> kernels{std::string(kBestKernels)};
  Axis n;
  Axis batch;
  /// Over how many hosts a batch is spread.
  std::vector<std::uint64_t> host_counts{1};
  std::vector<Engine> engines{Engine::kProcesses};
  Axis workers{.is_auto = true, .values = {}};
  Axis blas_threads{.is_auto = true, .values = {}};
  Pin pin = Pin::kAuto;
  std::uint64_t seed = 0;
};

/// A configuration that may not run, and why.
struct SkippedKey {
  Key key;
  std::string reason;
};

/// A sweep is data: what will run, in order, and what will not.
struct Sweep {
  std::vector<Key> keys;
  std::vector<SkippedKey> skipped;
};

/// The batches that `auto` stands for: 8 and 32 tasks, or two and four for each
/// core, of all hosts, where that is more, so that no worker has to idle.
Axis DefaultBatches(int usable_cores);

/// The first value of each axis, as one key, but for the split.
Key FirstTasks(const SweepAxes& axes);

/// The first of `operation`'s aspects that it may have; nothing if it may have
/// none of them.
std::optional<std::uint64_t> FirstAspect(const SweepAxes& axes,
                                         const std::string& operation);

/// The product of all axes (SplitsOf for the split) less what is not
/// admissible. The batches must not be `auto` any more.
Sweep ExpandSweep(const SweepAxes& axes, const Machine& machine);

}  // namespace hybrid

#endif  // HYBRID_SWEEP_SWEEP_H_
