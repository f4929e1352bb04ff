#include "analysis/memory_traffic.h"

#include <cstdint>
#include <optional>

#include "key/key.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

/// How often what is written moves: its line is read before.
constexpr double kWrite = 2;

/// Whether the operands are made or copied for each task.
bool HasWorkingOperands(const Operation& operation, const GroupKey& key) {
  return key.data == Data::kFresh || operation.destroys;
}

}  // namespace

std::optional<double> WorkingSetBytes(const GroupKey& key,
                                      std::uint64_t workers) {
  const Operation* operation = FindOperation(key.operation);
  if (operation == nullptr || operation->runs_program) return std::nullopt;
  const auto each = static_cast<double>(workers);
  const auto batch = static_cast<double>(key.batch);
  double operands = key.data == Data::kResident ? batch : 0;
  if (key.data == Data::kHot) operands += each;
  if (HasWorkingOperands(*operation, key)) operands += each;
  const double products = key.collect == Collect::kShared ? batch : each;
  const Shape shape = ShapeOf(key);
  return operands * OperandBytes(*operation, shape) +
         products * WrittenBytes(*operation, shape) +
         each * ScratchBytes(*operation, shape);
}

std::optional<double> BytesPerTask(const GroupKey& key) {
  const Operation* operation = FindOperation(key.operation);
  if (operation == nullptr || operation->runs_program) return std::nullopt;
  double times = key.data == Data::kFresh ? 0 : 1;
  if (HasWorkingOperands(*operation, key)) times += kWrite + 1;
  const Shape shape = ShapeOf(key);
  return times * OperandBytes(*operation, shape) +
         kWrite * WrittenBytes(*operation, shape);
}

std::optional<double> MemoryFraction(const GroupKey& key,
                                     const RecordedCeilings& ceilings,
                                     const SplitResult& split) {
  if (!ceilings.triad_bytes_per_s || !ceilings.cache_bytes ||
      !split.tasks_per_s) {
    return std::nullopt;
  }
  const std::optional<double> working_set =
      WorkingSetBytes(key, split.split.workers);
  if (!working_set) return std::nullopt;
  if (*working_set <= static_cast<double>(*ceilings.cache_bytes)) return 0;
  const double of_each =
      *split.tasks_per_s / static_cast<double>(split.split.host_count);
  return *BytesPerTask(key) * of_each / *ceilings.triad_bytes_per_s;
}

}  // namespace hybrid
