#ifndef HYBRID_MEASURE_RUN_INFO_H_
#define HYBRID_MEASURE_RUN_INFO_H_

#include <cstdint>
#include <string>

#include "key/key.h"
#include "machine/machine.h"
#include "results/row.h"

namespace hybrid {

/// What all rows of one run of bench have in common.
struct RunInfo {
  std::string run_id;     ///< random UUID
  std::string start_utc;  ///< 20261122T113000Z, as in the default file name
  std::string git_commit;
  std::string cpu_model;
  std::uint64_t memory_bytes = 0;
  std::string os;
  std::string machine_id;  ///< once a worker has said its BLIS
  std::string flags;       ///< FlagsText
  std::string warnings;    ///< of the machine's state, separated by `; `
};

RunInfo NewRunInfo();

/// Now, as 2026-11-22T11:30:00Z.
std::string UtcNow();

/// Whether `key`'s workers get cores of their own on `machine`: Pin::kCores
/// or Pin::kNone, never kAuto.
Pin ResolvePin(const Key& key, const Machine& machine);

/// A row with all keys of `key` and no measurement.
Row KeyRow(const Key& key, const Machine& machine, const RunInfo& info);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_RUN_INFO_H_
