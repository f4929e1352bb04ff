#include <fmt/format.h>

#include <cstddef>
#include <exception>
#include <stdexcept>
#include <string_view>

#include "base/standard_streams.h"
#include "base/version.h"
#include "blas/blas.h"
#include "protocol/worker_arguments.h"
#include "worker/worker.h"

namespace {

constexpr std::string_view kHelp =
    R"(One of the worker processes of bench, which starts it and tells it what to do.

Usage: hybrid-worker FLAG
  --help, -h      print this and exit
  --version       print what this was built of and which BLAS it calls, and exit
  --list_kernels  print the names of that library's kernels, and exit

Examples:
  BLIS_ARCH_TYPE=generic hybrid-worker --version

Exit status:
  0               done
  1               it failed, and said why
  2               it was not started by bench
)";

/// Carries out a flag that stands alone. False if it is none of these.
bool Inform(std::string_view flag) {
  if (flag == hybrid::kListKernels) {
    hybrid::ListKernels();
  } else if (flag == "--help" || flag == "-h") {
    hybrid::PrintOutput(kHelp);
  } else if (flag == "--version") {
    hybrid::PrintOutput(hybrid::VersionLine("hybrid-worker"));
    const hybrid::BlasInfo blas = hybrid::QueryBlas();
    hybrid::PrintOutput(fmt::format("BLIS {} ({}), its kernels here: {}\n",
                                    blas.version, blas.threading,
                                    blas.kernels));
  } else {
    return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc == 2 && Inform(argv[1])) return 0;
  const hybrid::WorkerArguments arguments = hybrid::ParseWorkerArguments(
      {argv + 1, static_cast<std::size_t>(argc > 0 ? argc - 1 : 0)});
  return hybrid::RunWorker(arguments);
} catch (const std::invalid_argument& error) {
  hybrid::PrintError(fmt::format(
      "hybrid-worker: {}; this program is started by bench, which gives it its "
      "arguments\n",
      error.what()));
  return 2;
} catch (const std::exception& error) {
  hybrid::PrintError(fmt::format("hybrid-worker: {}\n", error.what()));
  return 1;
}
