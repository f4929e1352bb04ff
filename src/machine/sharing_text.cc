#include "machine/sharing_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/cpu_ranges.h"

namespace hybrid {
namespace {

/// More than these are shortened.
constexpr std::size_t kMostGroups = 4;

/// The allowed CPUs that have one of them together, the lowest first; none if
/// that is not known of all cores.
std::vector<CpuList> GroupsBy(const Topology& topology, int CoreInfo::*part) {
  std::map<int, CpuList> groups;
  for (std::size_t core = 0; core < topology.core_infos.size(); ++core) {
    const int number = topology.core_infos[core].*part;
    if (number < 0) return {};
    CpuList& cpus = groups[number];
    cpus.insert(cpus.end(), topology.cores[core].begin(),
                topology.cores[core].end());
  }
  std::vector<CpuList> sorted;
  for (auto& [number, cpus] : groups) {
    std::sort(cpus.begin(), cpus.end());
    sorted.push_back(cpus);
  }
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

/// `0-3 | 4-7`.
std::string GroupsText(const std::vector<CpuList>& groups) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups.size() > kMostGroups && i + 2 == kMostGroups) {
      texts.emplace_back("…");
      i = groups.size() - 1;
    }
    texts.push_back(CpuRanges(groups[i]));
  }
  return fmt::format("{}", fmt::join(texts, " | "));
}

std::string CachesText(std::string_view name,
                       const std::vector<CpuList>& groups, std::size_t cores) {
  if (groups.size() == cores) return fmt::format("an {} for each core", name);
  if (groups.size() == 1) return fmt::format("one {}", name);
  return fmt::format("{} for {}", name, GroupsText(groups));
}

}  // namespace

std::string SharingText(const Topology& topology) {
  const std::size_t cores = topology.core_infos.size();
  std::vector<std::string> parts;
  for (const auto& [name, part] : {std::pair("L2", &CoreInfo::l2_cache),
                                   std::pair("L3", &CoreInfo::l3_cache)}) {
    const std::vector<CpuList> groups = GroupsBy(topology, part);
    if (!groups.empty()) parts.push_back(CachesText(name, groups, cores));
  }
  const std::vector<CpuList> nodes = GroupsBy(topology, &CoreInfo::numa_node);
  if (nodes.size() == 1) parts.emplace_back("one NUMA node");
  if (nodes.size() > 1) {
    parts.push_back(fmt::format("NUMA nodes of {}", GroupsText(nodes)));
  }
  if (parts.empty()) return {};
  CpuList all = LogicalCpus(topology);
  std::sort(all.begin(), all.end());
  return fmt::format("{} {}: {}", all.size() == 1 ? "CPU" : "CPUs",
                     CpuRanges(all), fmt::join(parts, ", "));
}

}  // namespace hybrid
