#include "analysis/paste_split.h"

#include <fmt/format.h>

#include <cstddef>
#include <string_view>

#include "base/cpu_ranges.h"
#include "base/text.h"
#include "base/text_file.h"
#include "blas/blas_calls.h"
#include "key/key.h"

namespace hybrid {
namespace {

using Lines = std::vector<std::string>;

}  // namespace

std::uint64_t ProcessesOf(const SplitResult& use) {
  return use.split.engine == Engine::kProcesses ? use.split.workers : 1;
}

std::vector<std::string> PlacesOf(const SplitResult& use) {
  const std::vector<std::string_view> words = text_file::Words(use.cpus);
  if (words.size() != use.split.workers) return {};
  if (words.size() > 1 && ProcessesOf(use) == 1) {
    return {RangesText(UnitedCpus(words))};
  }
  return {words.begin(), words.end()};
}

Lines OneProcessLines(const SplitResult& use) {
  const std::uint64_t workers = use.split.workers;
  switch (use.split.engine) {
    case Engine::kProcesses:
      break;
    case Engine::kThreads:
      if (workers == 1) return {"# one process, task after task"};
      return {
          fmt::format("# Python: multiprocessing.pool.ThreadPool({}), "
                      "NumPy lets go of the GIL",
                      workers),
          fmt::format("# C++: {}, tasks shared out; LAPACK: stacks of 8 MiB",
                      Counted(workers, "std::thread"))};
    case Engine::kBatched:
      if (use.batched_call == kGemmLoop || use.batched_call.empty()) {
        return {
            "# one process, task after task: the library has no batched "
            "call"};
      }
      return {fmt::format("# one process, {} for all tasks of a batch",
                          IsBatchedCall(use.batched_call)
                              ? use.batched_call
                              : "the library's batched call")};
  }
  return {};
}

std::pair<std::string, std::string> KernelsVariable(const SplitResult& use) {
  const std::size_t equals = use.kernels_setting.find('=');
  return {use.kernels_setting.substr(0, equals),
          use.kernels_setting.substr(equals + 1)};
}

}  // namespace hybrid
