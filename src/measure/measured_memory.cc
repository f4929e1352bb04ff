#include "measure/measured_memory.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "key/key_text.h"
#include "sweep/admission.h"

namespace hybrid {
namespace {

/// What all have in common whose workers need the same memory, but for their
/// threads.
Key MemoryGroupOf(const Key& key) {
  Key group = GroupOf(key);
  group.family = Family::kHybrid;
  group.batch = 0;
  return group;
}

/// Whether each of its workers has memory of its own.
bool HasOwnMemory(const Key& key) {
  return key.runs_command() && !key.is_whole() &&
         key.engine != Engine::kThreads;
}

}  // namespace

MeasuredMemory::MeasuredMemory(std::span<const Row> rows) {
  for (const Row& row : rows) Note(row);
}

void MeasuredMemory::Note(const Row& row) {
  if (!HasOwnMemory(row) || !row.peak_memory_bytes) return;
  Most& most = most_[MemoryGroupOf(row)][row.blas_threads];
  if (*row.peak_memory_bytes <= most.bytes) return;
  most = {*row.peak_memory_bytes, row.split()};
}

std::optional<std::string> MeasuredMemory::WhyNot(
    const Key& key, const Machine& machine) const {
  if (!HasOwnMemory(key)) return std::nullopt;
  const auto group = most_.find(MemoryGroupOf(key));
  if (group == most_.end() || !machine.memory_available_bytes) {
    return std::nullopt;
  }
  Most most;
  for (const auto& [threads, of_threads] : group->second) {
    if (threads <= key.blas_threads && of_threads.bytes > most.bytes) {
      most = of_threads;
    }
  }
  const auto available = static_cast<double>(*machine.memory_available_bytes);
  const double need =
      static_cast<double>(key.processes()) * static_cast<double>(most.bytes);
  if (need <= kMemoryShare * available) return std::nullopt;
  return fmt::format("{} would need {} of {} (measured on {})",
                     Counted(key.workers, "worker"), FormatBytes(need),
                     FormatBytes(available), SplitText(most.split));
}

}  // namespace hybrid
