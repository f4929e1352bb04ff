#include "machine/test_machines.h"

#include <hwloc.h>

#include <cstddef>
#include <stdexcept>

#include "base/scoped_environment.h"
#include "base/test_folder.h"
#include "machine/hwloc_handles.h"

namespace hybrid {
namespace {

void Check(int result, const char* step) {
  if (result != 0) throw std::runtime_error(std::string(step) + " failed");
}

BitmapHandle MakeBitmap(const CpuList& cpus) {
  BitmapHandle bitmap(hwloc_bitmap_alloc());
  for (const int cpu : cpus) {
    Check(hwloc_bitmap_set(bitmap.get(), static_cast<unsigned>(cpu)),
          "hwloc_bitmap_set");
  }
  return bitmap;
}

/// All CPUs of the topology but `cpus`.
BitmapHandle MakeBitmapWithout(hwloc_topology_t topology, const CpuList& cpus) {
  BitmapHandle bitmap = MakeBitmap(cpus);
  Check(hwloc_bitmap_andnot(bitmap.get(),
                            hwloc_topology_get_topology_cpuset(topology),
                            bitmap.get()),
        "hwloc_bitmap_andnot");
  return bitmap;
}

}  // namespace

TestMachine HybridTestMachine() {
  TestMachine machine{.synthetic = "package:1 l3:1 core:16 pu:2",
                      .removed = {},
                      .kinds = {{}, {}},
                      .disallowed = {}};
  for (int cpu = 0; cpu < 32; ++cpu) {
    if (cpu < 16) {
      machine.kinds[1].push_back(cpu);
    } else if (cpu % 2 == 0) {
      machine.kinds[0].push_back(cpu);
    } else {
      machine.removed.push_back(cpu);
    }
  }
  return machine;
}

Topology ReadTestMachine(const TestMachine& machine) {
  const TestFolder root;
  const std::string file = root.path() + "/machine.xml";
  {
    const ScopedEnvironment environment(HwlocVariables());
    hwloc_topology_t raw = nullptr;
    Check(hwloc_topology_init(&raw), "hwloc_topology_init");
    const TopologyHandle topology(raw);
    Check(hwloc_topology_set_flags(raw, HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED),
          "hwloc_topology_set_flags");
    Check(hwloc_topology_set_synthetic(raw, machine.synthetic.c_str()),
          "hwloc_topology_set_synthetic");
    Check(hwloc_topology_load(raw), "hwloc_topology_load");
    Check(hwloc_topology_restrict(
              raw, MakeBitmapWithout(raw, machine.removed).get(), 0),
          "hwloc_topology_restrict");
    for (std::size_t kind = 0; kind < machine.kinds.size(); ++kind) {
      Check(hwloc_cpukinds_register(raw, MakeBitmap(machine.kinds[kind]).get(),
                                    static_cast<int>(kind), 0, nullptr, 0),
            "hwloc_cpukinds_register");
    }
    Check(hwloc_topology_allow(raw,
                               MakeBitmapWithout(raw, machine.disallowed).get(),
                               nullptr, HWLOC_ALLOW_FLAG_CUSTOM),
          "hwloc_topology_allow");
    Check(hwloc_topology_export_xml(raw, file.c_str(), 0),
          "hwloc_topology_export_xml");
  }
  ScopedEnvironment::Variables variables = HwlocVariables();
  variables["HWLOC_XMLFILE"] = file;
  const ScopedEnvironment environment(variables);
  return ReadTopology();
}

Topology ReadSynthetic(const std::string& synthetic) {
  const ScopedEnvironment environment(HwlocVariables(synthetic));
  return ReadTopology();
}

}  // namespace hybrid
