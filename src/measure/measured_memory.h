#ifndef HYBRID_MEASURE_MEASURED_MEMORY_H_
#define HYBRID_MEASURE_MEASURED_MEMORY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "key/key.h"
#include "machine/machine.h"
#include "results/row.h"

namespace hybrid {

/// What the workers of commands were seen to need, and which splits that leaves
/// no memory for. More rows never let in what fewer kept out of the same
/// memory; a run that resumes their file may have more or less of it available.
class MeasuredMemory {
 public:
  explicit MeasuredMemory(std::span<const Row> rows = {});

  void Note(const Row& row);

  /// Why the workers of `key` do not fit into kMemoryShare of the memory that
  /// `machine` had available; nothing if they do, or nobody knows. The bytes of
  /// a worker are the most of any row of the same command, n and variables,
  /// whatever its batch, whose workers had no more threads. Workers that are
  /// threads of one program, or that it makes itself, may share its memory:
  /// nothing is foretold of them.
  std::optional<std::string> WhyNot(const Key& key,
                                    const Machine& machine) const;

 private:
  struct Most {
    std::uint64_t bytes = 0;
    Split split;  ///< on which that was measured
  };
  /// By what needs the same memory, then by a worker's threads.
  std::map<Key, std::map<std::uint64_t, Most>> most_;
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_MEASURED_MEMORY_H_
