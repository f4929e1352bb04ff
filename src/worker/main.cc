#include <fmt/format.h>

#include <cstddef>
#include <cstdio>
#include <stdexcept>

#include "worker/worker.h"

int main(int argc, char** argv) try {
  const hybrid::WorkerArguments arguments = hybrid::ParseWorkerArguments(
      {argv + 1, static_cast<std::size_t>(argc > 0 ? argc - 1 : 0)});
  return hybrid::RunWorker(arguments);
} catch (const std::invalid_argument& error) {
  fmt::print(stderr,
             "hybrid-worker: {}; this program is started by bench, which gives "
             "it its arguments\n",
             error.what());
  return 2;
}
