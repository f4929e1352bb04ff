#include "report/machines.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "analysis/format_units.h"
#include "analysis/noise_floor.h"
#include "base/contains.h"
#include "base/json.h"
#include "base/text.h"
#include "report/host_table.h"
#include "results/machine_id.h"

namespace hybrid {
namespace {

bool IsMachine(const ReportMachine& machine, const std::string& host,
               std::uint64_t usable_cores) {
  return machine.host == host && machine.usable_cores == usable_cores;
}

/// The machine that `row` was measured on, added to `machines` if it is new.
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

void TakeFacts(const Row& row, ReportMachine& machine) {
  if (!row.cpu_model.empty()) machine.cpu_model = row.cpu_model;
  if (!row.os.empty()) machine.os = row.os;
  if (row.memory_bytes > 0) machine.memory_bytes = row.memory_bytes;
  if (!row.blas_version.empty()) {
    const std::string blas = row.blas + ' ' + row.blas_version;
    if (!Contains(machine.blas, blas)) machine.blas.push_back(blas);
  }
  const std::string id = MachineIdOf(row);
  if (!id.empty() && !Contains(machine.machine_ids, id)) {
    machine.machine_ids.push_back(id);
  }
  AddCeilings(row, machine.ceilings);
}

/// The floors that were measured on `host`: "13 % (n=64), 4.4 % (n=768)".
std::string FloorsText(std::span<const NoiseFloor> floors,
                       const std::string& host) {
  std::string text;
  for (const NoiseFloor& floor : floors) {
    if (floor.host != host) continue;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", FloorText(floor));
  }
  return text;
}

std::string MemoryText(std::uint64_t bytes) {
  constexpr double kGib = 1U << 30U;
  return bytes == 0 ? std::string()
                    : FormatNumber(static_cast<double>(bytes) / kGib) + " GiB";
}

/// What the page's head says of a machine, each fact a name and a text.
JsonArray FactsJson(const ReportMachine& machine,
                    std::span<const NoiseFloor> floors) {
  JsonArray facts;
  const auto add = [&facts](const char* name, const std::string& text,
                            const char* otherwise) {
    facts.push_back(
        {{"name", name}, {"text", text.empty() ? otherwise : text}});
  };
  constexpr const char* kNotRecorded = "not recorded";
  constexpr const char* kNotMeasured = "not measured";
  add("host", machine.host, "");
  add("CPU", machine.cpu_model, kNotRecorded);
  add("cores", Counted(machine.usable_cores, "usable core"), "");
  add("memory", MemoryText(machine.memory_bytes), kNotRecorded);
  add("system", machine.os, kNotRecorded);
  add("BLAS", fmt::format("{}", fmt::join(machine.blas, ", ")), kNotRecorded);
  add("ceilings", CeilingsText(machine.ceilings), kNotMeasured);
  add("noise floor", FloorsText(floors, machine.host), kNotMeasured);
  return facts;
}

/// The lines that the page draws above throughputs, by precision.
Json CeilingsJson(const RecordedCeilings& ceilings) {
  JsonObject lines;
  for (const Precision precision : {Precision::kDouble, Precision::kSingle}) {
    const std::optional<double>& peak = ceilings.peak(precision).gflops;
    if (!peak) continue;
    lines[Name(precision)] = {
        {"value", JsonNumber(peak)},
        {"text", fmt::format("measured peak {} GFLOP/s", FormatNumber(*peak))}};
  }
  return lines;
}

}  // namespace

std::vector<ReportMachine> FindMachines(std::span<const ResultFile> files) {
  std::vector<ReportMachine> machines;
  for (const ResultFile& file : files) {
    for (const Row& row : file.rows) {
      // Hosts stand in a table of their own.
      if (row.family == Family::kHosts) continue;
      TakeFacts(row, MachineOf(row, machines));
    }
  }
  for (ReportMachine& machine : machines) {
    RefuseImpossiblePeaks(machine.ceilings);
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
    json.push_back({{"host", machine.host},
                    {"facts", FactsJson(machine, floors)},
                    {"ceilings", CeilingsJson(machine.ceilings)},
                    {"hosts", HostsJson(rows, machine.host)}});
  }
  return json;
}

}  // namespace hybrid
