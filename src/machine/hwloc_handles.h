#ifndef HYBRID_MACHINE_HWLOC_HANDLES_H_
#define HYBRID_MACHINE_HWLOC_HANDLES_H_

#include <hwloc.h>

#include <memory>

namespace hybrid {

struct DestroyTopology {
  void operator()(hwloc_topology_t topology) const {
    hwloc_topology_destroy(topology);
  }
};
/// Owns a topology of hwloc's.
using TopologyHandle = std::unique_ptr<hwloc_topology, DestroyTopology>;

struct FreeBitmap {
  void operator()(hwloc_bitmap_t bitmap) const { hwloc_bitmap_free(bitmap); }
};
/// Owns a bitmap of hwloc's.
using BitmapHandle = std::unique_ptr<hwloc_bitmap_s, FreeBitmap>;

}  // namespace hybrid

#endif  // HYBRID_MACHINE_HWLOC_HANDLES_H_
