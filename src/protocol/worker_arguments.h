#ifndef HYBRID_PROTOCOL_WORKER_ARGUMENTS_H_
#define HYBRID_PROTOCOL_WORKER_ARGUMENTS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// What bench puts on a worker's command line: the worker's place in the
/// control block, and the numbers of the descriptors that it inherits.
struct WorkerArguments {
  int control_fd = -1;
  int doorbell_fd = -1;
  int operands_fd = -1;  ///< -1: no arena
  int products_fd = -1;  ///< -1: no arena
  int slot = -1;
};

/// Given as the only argument, the worker prints the names of its library's
/// kernels, `NUMBER NAME` a line, and ends.
inline constexpr std::string_view kListKernels = "--list_kernels";

/// `arguments` as a command line: `--control_fd=3 …`
std::vector<std::string> WorkerArgumentList(const WorkerArguments& arguments);

/// Reads what WorkerArgumentList writes, without the program's name. Throws
/// std::invalid_argument for anything else.
WorkerArguments ParseWorkerArguments(std::span<char* const> arguments);

}  // namespace hybrid

#endif  // HYBRID_PROTOCOL_WORKER_ARGUMENTS_H_
