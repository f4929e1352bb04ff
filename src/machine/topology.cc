#include "machine/topology.h"

#include <hwloc.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/text_file.h"
#include "machine/hwloc_handles.h"

namespace hybrid {
namespace {

[[noreturn]] void ThrowFailed(const char* step) {
  const int error = errno;
  throw std::runtime_error(
      std::string(step) + " failed: " + std::generic_category().message(error));
}

// The whole machine, what this process may not use included.
// HWLOC_TOPOLOGY_FLAG_RESTRICT_TO_CPUBINDING would leave only the allowed part,
// and with it no way to say how much is missing; besides, it is refused without
// HWLOC_TOPOLOGY_FLAG_IS_THISSYSTEM.
TopologyHandle LoadWholeMachine() {
  hwloc_topology_t raw = nullptr;
  if (hwloc_topology_init(&raw) != 0) ThrowFailed("hwloc_topology_init");
  TopologyHandle topology(raw);
  if (hwloc_topology_set_flags(raw, HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED) !=
      0) {
    ThrowFailed("hwloc_topology_set_flags");
  }
  if (hwloc_topology_load(raw) != 0) ThrowFailed("hwloc_topology_load");
  return topology;
}

// The logical CPUs in the cpuset and the affinity mask.
BitmapHandle AllowedBitmap(hwloc_topology_t topology) {
  BitmapHandle allowed(
      hwloc_bitmap_dup(hwloc_topology_get_allowed_cpuset(topology)));
  BitmapHandle mask(hwloc_bitmap_alloc());
  if (!allowed || !mask) ThrowFailed("hwloc_bitmap_alloc");
  // The calling thread's mask, for that is what its children inherit. When the
  // topology is not this system's, hwloc answers with all of its CPUs; where
  // masks don't exist, it fails and nothing is restricted.
  if (hwloc_get_cpubind(topology, mask.get(), HWLOC_CPUBIND_THREAD) == 0) {
    hwloc_bitmap_and(allowed.get(), allowed.get(), mask.get());
  }
  return allowed;
}

// What stands for the physical core of a logical CPU. Some virtual machines
// report logical CPUs only, and then each is a core.
hwloc_obj_t CoreOf(hwloc_topology_t topology, hwloc_obj_t cpu) {
  hwloc_obj_t core =
      hwloc_get_ancestor_obj_by_type(topology, HWLOC_OBJ_CORE, cpu);
  return core != nullptr ? core : cpu;
}

// hwloc numbers kinds by their efficiency, unless it can't rank them: then they
// differ, but nobody knows which one is faster.
int KindOf(hwloc_topology_t topology, hwloc_obj_t cpu) {
  const int index = hwloc_cpukinds_get_by_cpuset(topology, cpu->cpuset, 0);
  int efficiency = 0;
  if (index < 0 ||
      hwloc_cpukinds_get_info(topology, static_cast<unsigned>(index), nullptr,
                              &efficiency, nullptr, nullptr, 0) != 0) {
    return 0;
  }
  return std::max(0, efficiency);
}

// The system's number of the NUMA node next to a logical CPU. hwloc hangs the
// nodes on the object whose CPUs are near them; of several (high-bandwidth
// memory beside the ordinary) the first is where memory comes from by default.
int NumaNodeOf(hwloc_obj_t cpu) {
  for (hwloc_obj_t object = cpu; object != nullptr; object = object->parent) {
    if (object->memory_first_child == nullptr) continue;
    return hwloc_bitmap_first(object->memory_first_child->nodeset);
  }
  return -1;
}

// The cache that is the farthest from a logical CPU, or null.
const hwloc_obj* LastLevelCacheOf(const hwloc_obj* cpu) {
  const hwloc_obj* last = nullptr;
  for (const hwloc_obj* object = cpu; object != nullptr;
       object = object->parent) {
    if (hwloc_obj_type_is_dcache(object->type) != 0) last = object;
  }
  return last;
}

// The number of the cache of that kind above a logical CPU, or -1.
int CacheOf(hwloc_topology_t topology, hwloc_obj_type_t kind, hwloc_obj_t cpu) {
  const hwloc_obj* const cache =
      hwloc_get_ancestor_obj_by_type(topology, kind, cpu);
  return cache == nullptr ? -1 : static_cast<int>(cache->logical_index);
}

// Describes the cores of one topology. Caches are numbered as they come: the
// last ones need not all be of one level, which is as far as hwloc's numbers
// go.
class CoreDescriber {
 public:
  explicit CoreDescriber(hwloc_topology_t topology) : topology_(topology) {}

  CoreInfo Describe(hwloc_obj_t cpu) {
    CoreInfo info;
    info.kind = KindOf(topology_, cpu);
    const hwloc_obj* const package =
        hwloc_get_ancestor_obj_by_type(topology_, HWLOC_OBJ_PACKAGE, cpu);
    if (package != nullptr) {
      info.socket = static_cast<int>(package->logical_index);
    }
    info.numa_node = NumaNodeOf(cpu);
    info.l2_cache = CacheOf(topology_, HWLOC_OBJ_L2CACHE, cpu);
    info.l3_cache = CacheOf(topology_, HWLOC_OBJ_L3CACHE, cpu);
    const hwloc_obj* const cache = LastLevelCacheOf(cpu);
    if (cache != nullptr) {
      const auto [entry, is_new] =
          caches_.try_emplace(cache, static_cast<int>(caches_.size()));
      info.last_level_cache = entry->second;
      if (is_new) cache_bytes_ += cache->attr->cache.size;
    }
    return info;
  }

  // The size of the last-level caches of all cores described so far.
  std::uint64_t cache_bytes() const { return cache_bytes_; }

 private:
  hwloc_topology_t topology_;
  std::map<const hwloc_obj*, int> caches_;
  std::uint64_t cache_bytes_ = 0;
};

void ReadCores(hwloc_topology_t topology, Topology& result) {
  const BitmapHandle allowed = AllowedBitmap(topology);
  const BitmapHandle shared(hwloc_bitmap_alloc());
  if (!shared) ThrowFailed("hwloc_bitmap_alloc");
  CoreDescriber describer(topology);
  hwloc_obj_t core = nullptr;
  bool core_is_listed = false;
  for (hwloc_obj_t cpu =
           hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_PU, nullptr);
       cpu != nullptr;
       cpu = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_PU, cpu)) {
    ++result.logical_cpus_total;
    // In hwloc's order the logical CPUs of one core are neighbours.
    if (CoreOf(topology, cpu) != core) {
      core = CoreOf(topology, cpu);
      core_is_listed = false;
      ++result.cores_total;
    }
    if (hwloc_bitmap_isset(allowed.get(), cpu->os_index) == 0) continue;
    if (!core_is_listed) {
      result.cores.emplace_back();
      result.core_infos.push_back(describer.Describe(cpu));
      hwloc_bitmap_or(shared.get(), shared.get(), core->cpuset);
    }
    core_is_listed = true;
    result.cores.back().push_back(static_cast<int>(cpu->os_index));
  }
  for (CpuList& cpus : result.cores) std::sort(cpus.begin(), cpus.end());
  for (int cpu = hwloc_bitmap_first(shared.get()); cpu >= 0;
       cpu = hwloc_bitmap_next(shared.get(), cpu)) {
    result.shared_cpus.push_back(cpu);
  }
  result.cache_bytes = describer.cache_bytes();
  if (result.cores.empty()) {
    throw std::runtime_error(
        "hwloc_get_cpubind: none of the machine's logical CPUs is in the "
        "affinity mask");
  }
}

std::string ReadCpuModel(hwloc_topology_t topology) {
  // hwloc tells it of the package, or of the machine if there is no package.
  for (hwloc_obj_t object :
       {hwloc_get_obj_by_type(topology, HWLOC_OBJ_PACKAGE, 0),
        hwloc_get_root_obj(topology)}) {
    if (object == nullptr) continue;
    const char* model = hwloc_obj_get_info_by_name(object, "CPUModel");
    if (model != nullptr && *model != '\0') return model;
  }
  // A synthetic machine must not bear this machine's name.
  if (hwloc_topology_is_thissystem(topology) == 0) return "";
  const std::optional<std::string> text = text_file::Read("/proc/cpuinfo");
  if (!text) return "";
  return std::string(
      text_file::FindField(*text, "model name").value_or(std::string_view()));
}

std::string ReadCpuSignature(hwloc_topology_t topology) {
  hwloc_obj_t package = hwloc_get_obj_by_type(topology, HWLOC_OBJ_PACKAGE, 0);
  std::string signature;
  for (const auto& [info, name] : {std::pair("CPUFamilyNumber", "family"),
                                   std::pair("CPUModelNumber", "model"),
                                   std::pair("CPUStepping", "stepping")}) {
    const char* number = nullptr;
    // hwloc tells it of the package, or of the machine if there is no package.
    for (hwloc_obj_t object : {package, hwloc_get_root_obj(topology)}) {
      if (object == nullptr || number != nullptr) continue;
      number = hwloc_obj_get_info_by_name(object, info);
    }
    if (number == nullptr || *number == '\0') continue;
    if (!signature.empty()) signature += ", ";
    signature.append(name).append(" ").append(number);
  }
  return signature;
}

/// hwloc falls back to the real machine where it does not understand the
/// description of another one.
void CheckDescription(hwloc_topology_t topology) {
  const char* const synthetic = std::getenv("HWLOC_SYNTHETIC");
  if (synthetic == nullptr || std::getenv("HWLOC_THISSYSTEM") != nullptr ||
      hwloc_topology_is_thissystem(topology) == 0) {
    return;
  }
  throw std::runtime_error(std::string("HWLOC_SYNTHETIC=") + synthetic +
                           ": hwloc does not take that for a machine; as in "
                           "'package:2 core:64 pu:2'");
}

}  // namespace

CpuList LogicalCpus(const Topology& topology) {
  CpuList all;
  for (const CpuList& core : topology.cores) {
    all.insert(all.end(), core.begin(), core.end());
  }
  return all;
}

Topology ReadTopology() {
  const TopologyHandle topology = LoadWholeMachine();
  CheckDescription(topology.get());
  Topology result;
  result.cpu_model = ReadCpuModel(topology.get());
  result.cpu_signature = ReadCpuSignature(topology.get());
  result.sockets =
      std::max(1, hwloc_get_nbobjs_by_type(topology.get(), HWLOC_OBJ_PACKAGE));
  result.is_this_system = hwloc_topology_is_thissystem(topology.get()) != 0;
  ReadCores(topology.get(), result);
  return result;
}

}  // namespace hybrid
