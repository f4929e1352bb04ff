#include "analysis/memory_traffic.h"

#include <cstdint>
#include <optional>

namespace hybrid {
namespace {

constexpr double kRead = 8;
constexpr double kWrite = 16;

double MatrixElements(const GroupKey& key) {
  const auto n = static_cast<double>(key.n);
  return n * n;
}

}  // namespace

double WorkingSetBytes(const GroupKey& key, std::uint64_t workers) {
  const auto each = static_cast<double>(workers);
  const auto batch = static_cast<double>(key.batch);
  const double operands = 2 * (key.data == Data::kResident ? batch : each);
  const double products = key.collect == Collect::kShared ? batch : each;
  return (operands + products) * MatrixElements(key) * sizeof(double);
}

double BytesPerTask(const GroupKey& key) {
  if (key.operation == "none") return 0;
  const double operand = key.data == Data::kFresh ? kWrite + kRead : kRead;
  return (2 * operand + kWrite) * MatrixElements(key);
}

std::optional<double> MemoryFraction(const GroupKey& key,
                                     const RecordedCeilings& ceilings,
                                     const SplitResult& split) {
  if (!ceilings.triad_bytes_per_s || !ceilings.cache_bytes ||
      !split.tasks_per_s) {
    return std::nullopt;
  }
  if (WorkingSetBytes(key, split.split.workers) <=
      static_cast<double>(*ceilings.cache_bytes)) {
    return 0;
  }
  return BytesPerTask(key) * *split.tasks_per_s / *ceilings.triad_bytes_per_s;
}

}  // namespace hybrid
