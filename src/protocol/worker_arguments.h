#ifndef HYBRID_PROTOCOL_WORKER_ARGUMENTS_H_
#define HYBRID_PROTOCOL_WORKER_ARGUMENTS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "blas/blas_files.h"

namespace hybrid {

/// How long a command may take to be ready unless the user says otherwise.
inline constexpr double kUsualStartTimeoutS = 30;

/// What bench puts on the command line of a process of workers: their places in
/// the control block, the numbers of the descriptors that it inherits, and the
/// BLAS that it is to load.
struct WorkerArguments {
  int control_fd = -1;
  int operands_fd = -1;  ///< -1: no arena
  int products_fd = -1;  ///< -1: no arena
  int slot = -1;         ///< of its first worker; the others' follow
  /// One for each worker in the process: mostly one.
  std::vector<int> doorbell_fds{};
  BlasFiles blas{};  ///< no library for a command without --blas
  /// Of a command: how long it may take to be ready, the folder that it is
  /// started in (empty: this process's), what is run before it (empty:
  /// nothing), and, of one that makes its workers on several hosts by itself,
  /// the names of these, `a,b` (empty: nobody knows them).
  double start_timeout_s = kUsualStartTimeoutS;
  std::string working_directory{};
  std::string prepare{};
  std::string hosts{};
};

/// Given before the arguments of a BLAS, the worker prints the kernels of that
/// library, `VALUE NAME` a line, and ends.
inline constexpr std::string_view kListKernels = "--list_kernels";

/// `blas` as arguments: `--blas=/usr/lib/…`.
std::vector<std::string> BlasArgumentList(const BlasFiles& blas);

/// `arguments` as a command line: `--control_fd=3 …`
std::vector<std::string> WorkerArgumentList(const WorkerArguments& arguments);

/// Reads what WorkerArgumentList writes, without the program's name. Throws
/// std::invalid_argument for anything else.
WorkerArguments ParseWorkerArguments(std::span<char* const> arguments);

/// Reads what BlasArgumentList writes. Throws std::invalid_argument for
/// anything else.
BlasFiles ParseBlasArguments(std::span<char* const> arguments);

}  // namespace hybrid

#endif  // HYBRID_PROTOCOL_WORKER_ARGUMENTS_H_
