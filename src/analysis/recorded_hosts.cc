#include "analysis/recorded_hosts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "analysis/format_units.h"
#include "statistics/samples.h"

namespace hybrid {

double SlowHost::Loss() const {
  const auto hosts = static_cast<double>(host_count);
  return hosts * others_gflops / ((hosts - 1) * others_gflops + peak_gflops);
}

std::string SlowHost::Text() const {
  return fmt::format("slow host {}: peak {} GFLOP/s, the others' {}", name,
                     FormatNumber(peak_gflops), FormatNumber(others_gflops));
}

std::vector<const Row*> HostsOf(std::span<const Row> rows,
                                const std::string& machine) {
  std::map<std::string_view, const Row*> newest;
  for (const Row& row : rows) {
    if (row.family != Family::kHosts || row.host != machine) continue;
    const Row*& one = newest[row.variant];
    if (one == nullptr || one->time_utc <= row.time_utc) one = &row;
  }
  std::vector<const Row*> hosts;
  hosts.reserve(newest.size());
  for (const auto& [name, row] : newest) hosts.push_back(row);
  return hosts;
}

std::vector<RecordedHost> RecordedHostsOf(std::span<const Row> rows,
                                          const std::string& machine) {
  std::vector<RecordedHost> hosts;
  for (const Row* const row : HostsOf(rows, machine)) {
    hosts.push_back({.name = row->variant, .peak_gflops = row->peak_gflops});
  }
  return hosts;
}

std::optional<SlowHost> FindSlowHost(std::span<const RecordedHost> hosts) {
  if (hosts.size() < 2) return std::nullopt;
  const RecordedHost* slowest = nullptr;
  for (const RecordedHost& host : hosts) {
    if (!host.peak_gflops || *host.peak_gflops <= 0) return std::nullopt;
    if (slowest == nullptr || *host.peak_gflops < *slowest->peak_gflops) {
      slowest = &host;
    }
  }
  std::vector<double> others;
  for (const RecordedHost& host : hosts) {
    if (&host != slowest) others.push_back(*host.peak_gflops);
  }
  const double median = *Median(others);
  if (*slowest->peak_gflops >= kSlowHostBelow * median) return std::nullopt;
  return SlowHost{.name = slowest->name,
                  .peak_gflops = *slowest->peak_gflops,
                  .others_gflops = median,
                  .host_count = hosts.size()};
}

}  // namespace hybrid
