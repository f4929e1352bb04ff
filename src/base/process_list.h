#ifndef HYBRID_BASE_PROCESS_LIST_H_
#define HYBRID_BASE_PROCESS_LIST_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace hybrid {

/// The threads of a process, its first one included. None if the process is
/// gone or the system doesn't tell. `root` stands before the path (tests lay
/// files there), below too.
std::vector<pid_t> ThreadsOf(pid_t pid, const std::string& root = "");

/// All that descend from a process and have not been reaped, children before
/// grandchildren. Who comes or goes meanwhile may be among them or not. Who has
/// lost a parent belongs to another process, outside or inside of the tree.
std::vector<pid_t> Descendants(pid_t pid, const std::string& root = "");

}  // namespace hybrid

#endif  // HYBRID_BASE_PROCESS_LIST_H_
