#include "machine/sharing_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <set>
#include <span>
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

/// The numbers of what the CPUs of each worker belong to; none if that is not
/// known of one of them.
std::vector<std::set<int>> NumbersOf(const Topology& topology,
                                     std::span<const CpuList> workers,
                                     int CoreInfo::*part) {
  std::map<int, int> numbers;
  for (std::size_t core = 0; core < topology.core_infos.size(); ++core) {
    for (const int cpu : topology.cores[core]) {
      numbers[cpu] = topology.core_infos[core].*part;
    }
  }
  std::vector<std::set<int>> all;
  for (const CpuList& cpus : workers) {
    std::set<int>& mine = all.emplace_back();
    for (const int cpu : cpus) {
      const auto place = numbers.find(cpu);
      if (place == numbers.end() || place->second < 0) return {};
      mine.insert(place->second);
    }
    if (mine.empty()) return {};
  }
  return all;
}

/// The least and the most of some numbers.
struct CountRange {
  std::size_t low = std::numeric_limits<std::size_t>::max();
  std::size_t high = 0;

  void Add(std::size_t count) {
    low = std::min(low, count);
    high = std::max(high, count);
  }
  bool is(std::size_t count) const { return low == count && high == count; }
  std::string Text() const {
    return low == high ? fmt::format("{}", low)
                       : fmt::format("{} to {}", low, high);
  }
};

/// "an L2 each", "one L3", "2 NUMA nodes for 4 workers"; empty if not known.
std::string PartText(std::string_view name, std::string_view article,
                     const std::vector<std::set<int>>& numbers) {
  CountRange each;    // parts that a worker has
  CountRange having;  // workers that have a part
  std::map<int, std::size_t> counts;
  for (const std::set<int>& mine : numbers) {
    each.Add(mine.size());
    for (const int number : mine) ++counts[number];
  }
  for (const auto& [number, count] : counts) having.Add(count);
  if (counts.empty()) return {};
  if (counts.size() == 1) return fmt::format("one {}", name);
  std::string what = each.is(1) ? fmt::format("{} {}", article, name)
                                : fmt::format("{} {}s", each.Text(), name);
  if (numbers.size() == 1) return what;
  if (having.is(1)) return fmt::format("{} each", what);
  if (having.is(numbers.size())) return fmt::format("{} for all", what);
  return fmt::format("{} for {} workers", what, having.Text());
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

std::string WorkersSharingText(const Topology& topology,
                               std::span<const CpuList> workers) {
  std::vector<std::string> parts;
  const auto add = [&](std::string_view name, std::string_view article,
                       int CoreInfo::*part) {
    const std::string text =
        PartText(name, article, NumbersOf(topology, workers, part));
    if (!text.empty()) parts.push_back(text);
  };
  add("L2", "an", &CoreInfo::l2_cache);
  add("L3", "an", &CoreInfo::l3_cache);
  add("NUMA node", "a", &CoreInfo::numa_node);
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace hybrid
