#ifndef HYBRID_REPORT_MACHINES_H_
#define HYBRID_REPORT_MACHINES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/recorded_ceilings.h"
#include "base/json_fwd.h"
#include "report/result_file.h"
#include "results/row.h"

namespace hybrid {

/// What rows say of the machine they were measured on. A machine is what the
/// answer takes for one: a host and the cores that were usable there. Where
/// rows differ in CPU, system or memory, the last one that has it counts.
struct ReportMachine {
  std::string host;
  std::uint64_t usable_cores = 0;
  std::string cpu_model;           ///< empty if not recorded
  std::string os;                  ///< empty if not recorded
  std::uint64_t memory_bytes = 0;  ///< 0 if not recorded
  std::vector<std::string> blas;   ///< "netlib 3.11.0", if recorded
  /// More than one: machines of the same host name were pooled.
  std::vector<std::string> machine_ids;
  RecordedCeilings ceilings;
};

/// The machines that the rows of `files` were measured on, in the order in
/// which rows name them.
std::vector<ReportMachine> FindMachines(std::span<const ResultFile> files);

/// The index of the machine with this host and usable cores, which must be
/// there.
std::size_t MachinePlace(std::span<const ReportMachine> machines,
                         const std::string& host, std::uint64_t usable_cores);

/// What the page shows of `machines`: host, facts, each a name and a text, the
/// ceiling of throughputs, null if it was not measured, and where several hosts
/// share the work, these. They and the noise floors are found in `rows`.
JsonArray MachinesJson(std::span<const ReportMachine> machines,
                       std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_REPORT_MACHINES_H_
