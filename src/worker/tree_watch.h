#ifndef HYBRID_WORKER_TREE_WATCH_H_
#define HYBRID_WORKER_TREE_WATCH_H_

#include <cstdint>
#include <set>
#include <string>

#include "protocol/control_block.h"

namespace hybrid {

/// What this process has started needs, by looks at it while it lives. Of what
/// comes and goes between two looks only the memory of its largest process is
/// known, once that was waited for, and only where it is more than this process
/// ever had itself. Each look takes a millisecond or so, more
/// where much memory is in use.
class TreeWatch {
 public:
  /// What was waited for before does not count.
  TreeWatch();

  void Look();

  /// By all looks.
  ProgramReport Report() const;

 private:
  std::uint64_t waited_for_bytes_;
  std::uint64_t peak_bytes_ = 0;
  std::set<std::string> libraries_;
};

}  // namespace hybrid

#endif  // HYBRID_WORKER_TREE_WATCH_H_
