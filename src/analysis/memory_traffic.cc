#include "analysis/memory_traffic.h"

#include <cstdint>
#include <optional>

#include "key/key.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

/// Bytes that move for a double that is read.
constexpr double kRead = 8;
/// Bytes that move for a double that is written: its line is read before.
constexpr double kWrite = 16;

/// Whether the operands are made or copied for each task.
bool HasWorkingOperands(const Operation& operation, const GroupKey& key) {
  return key.data == Data::kFresh || operation.destroys;
}

double Written(const Operation& operation, std::uint64_t n) {
  return static_cast<double>(operation.written(n));
}

}  // namespace

std::optional<double> WorkingSetBytes(const GroupKey& key,
                                      std::uint64_t workers) {
  const Operation* operation = FindOperation(key.operation);
  if (operation == nullptr) return std::nullopt;
  const auto each = static_cast<double>(workers);
  const auto batch = static_cast<double>(key.batch);
  double operands = key.data == Data::kResident ? batch : 0;
  if (key.data == Data::kHot) operands += each;
  if (HasWorkingOperands(*operation, key)) operands += each;
  const double products = key.collect == Collect::kShared ? batch : each;
  return (operands * OperandDoubles(*operation, key.n) +
          products * Written(*operation, key.n) +
          each * ScratchDoubles(*operation, key.n)) *
         sizeof(double);
}

std::optional<double> BytesPerTask(const GroupKey& key) {
  const Operation* operation = FindOperation(key.operation);
  if (operation == nullptr) return std::nullopt;
  double operand = key.data == Data::kFresh ? 0 : kRead;
  if (HasWorkingOperands(*operation, key)) operand += kWrite + kRead;
  return operand * OperandDoubles(*operation, key.n) +
         kWrite * Written(*operation, key.n);
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
  return *BytesPerTask(key) * *split.tasks_per_s / *ceilings.triad_bytes_per_s;
}

}  // namespace hybrid
