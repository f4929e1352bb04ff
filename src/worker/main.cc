#include <fmt/format.h>

#include <cstddef>
#include <exception>
#include <stdexcept>

#include "base/standard_streams.h"
#include "protocol/worker_arguments.h"
#include "worker/worker.h"

int main(int argc, char** argv) try {
  if (argc == 2 && argv[1] == hybrid::kListKernels) {
    hybrid::ListKernels();
    return 0;
  }
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
