#include "report/machines.h"

#include <algorithm>
#include <optional>

#include "analysis/noise_floor.h"
#include "base/json.h"

namespace hybrid {
namespace {

bool IsMachine(const ReportMachine& machine, const std::string& host,
               std::uint64_t usable_cores) {
  return machine.host == host && machine.usable_cores == usable_cores;
}

ReportMachine& MachineOf(const Row& row, std::vector<ReportMachine>& machines) {
  const auto place = std::find_if(
      machines.begin(), machines.end(), [&](const ReportMachine& machine) {
        return IsMachine(machine, row.host, row.usable_cores);
      });
  if (place != machines.end()) return *place;
  ReportMachine& machine = machines.emplace_back();
  machine.host = row.host;
  machine.usable_cores = row.usable_cores;
  return machine;
}

void Add(const Row& row, ReportMachine& machine) {
  if (!row.cpu_model.empty()) machine.cpu_model = row.cpu_model;
  if (!row.os.empty()) machine.os = row.os;
  if (row.memory_bytes > 0) machine.memory_bytes = row.memory_bytes;
  if (!row.blis_version.empty()) machine.blis_version = row.blis_version;
  auto& ids = machine.machine_ids;
  if (!row.machine_id.empty() &&
      std::find(ids.begin(), ids.end(), row.machine_id) == ids.end()) {
    ids.push_back(row.machine_id);
  }
  AddCeilings(row, machine.ceilings);
}

JsonArray FloorsJson(std::span<const NoiseFloor> floors,
                     const std::string& host) {
  JsonArray json;
  for (const NoiseFloor& floor : floors) {
    if (floor.host != host) continue;
    json.push_back({{"n", floor.n}, {"floor", JsonNumber(floor.floor)}});
  }
  return json;
}

}  // namespace

std::vector<ReportMachine> FindMachines(std::span<const ResultFile> files) {
  std::vector<ReportMachine> machines;
  for (const ResultFile& file : files) {
    for (const Row& row : file.rows) Add(row, MachineOf(row, machines));
  }
  return machines;
}

std::size_t MachinePlace(std::span<const ReportMachine> machines,
                         const std::string& host, std::uint64_t usable_cores) {
  const auto place = std::find_if(
      machines.begin(), machines.end(), [&](const ReportMachine& machine) {
        return IsMachine(machine, host, usable_cores);
      });
  return static_cast<std::size_t>(place - machines.begin());
}

JsonArray MachinesJson(std::span<const ReportMachine> machines,
                       std::span<const Row> rows) {
  const std::vector<NoiseFloor> floors = FindNoiseFloors(rows);
  JsonArray json;
  for (const ReportMachine& machine : machines) {
    const auto& ids = machine.machine_ids;
    const RecordedCeilings& ceilings = machine.ceilings;
    json.push_back(
        {{"host", machine.host},
         {"machine_id", ids.empty() ? std::string() : ids.back()},
         {"cpu_model", machine.cpu_model},
         {"os", machine.os},
         {"usable_cores", machine.usable_cores},
         {"memory_bytes",
          machine.memory_bytes > 0 ? Json(machine.memory_bytes) : Json()},
         {"blis_version", machine.blis_version},
         {"core_peak_gflops", JsonNumber(ceilings.core_peak_gflops)},
         {"peak_gflops", JsonNumber(ceilings.peak_gflops)},
         {"core_triad_bytes_per_s",
          JsonNumber(ceilings.core_triad_bytes_per_s)},
         {"triad_bytes_per_s", JsonNumber(ceilings.triad_bytes_per_s)},
         {"cache_bytes", JsonOrNull(ceilings.cache_bytes)},
         {"noise_floors", FloorsJson(floors, machine.host)}});
  }
  return json;
}

}  // namespace hybrid
