#include "report/host_table.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/recorded_hosts.h"
#include "base/json.h"
#include "report/cell_text.h"

namespace hybrid {
namespace {

std::string GigaText(double value) { return FormatNumber(value / 1e9); }

std::string OrNothing(const std::string& text) {
  return text.empty() ? std::string(kNothing) : text;
}

}  // namespace

JsonArray HostsJson(std::span<const Row> rows, const std::string& machine) {
  const std::vector<RecordedHost> recorded = RecordedHostsOf(rows, machine);
  const std::optional<SlowHost> slow = FindSlowHost(recorded);
  JsonArray hosts;
  for (const Row* const row : HostsOf(rows, machine)) {
    hosts.push_back(
        {{"name", row->variant},
         {"slow", slow && slow->name == row->variant ? slow->Text() : ""},
         {"cpu", OrNothing(row->cpu_model)},
         {"cores", std::to_string(row->usable_cores)},
         // What these have together names them first.
         {"cpus", OrNothing(row->sharing.empty() ? row->cpus : row->sharing)},
         {"kernels", OrNothing(row->kernels)},
         {"peak", CellText(row->peak_gflops, FormatNumber)},
         {"triad", CellText(row->triad_bytes_per_s, GigaText)},
         {"rtt", CellText(row->rtt_s, FormatSeconds)},
         {"link", CellText(row->link_bytes_per_s, GigaText)}});
  }
  return hosts;
}

}  // namespace hybrid
