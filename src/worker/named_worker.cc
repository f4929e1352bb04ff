// A worker over a BLIS that reads names in BLIS_ARCH_TYPE, as releases after
// 1.0 do, and that knows one more sub-configuration than this program ever
// heard of. Stands in for such a release in the tests of the kernels' catalog;
// everything else about it is the real worker.

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "blas/blas.h"
#include "protocol/worker_arguments.h"
#include "worker/worker.h"

namespace {

constexpr std::string_view kFuture = "future9";

/// Does what a name asks for, with numbers: this BLIS reads nothing else.
void TranslateName(const std::string& name) {
  const std::string known = name == kFuture ? "generic" : name;
  std::string number;
  hybrid::ForEachKernelsName([&](int candidate, const char* candidate_name) {
    if (candidate_name == known) number = std::to_string(candidate);
  });
  if (number.empty()) {
    // As BLIS does.
    std::fputs("libblis: unknown kernels\nlibblis: Aborting.\n", stderr);
    std::abort();
  }
  setenv("BLIS_ARCH_TYPE", number.c_str(), 1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && argv[1] == hybrid::kListKernels) {
    int count = 0;
    hybrid::ForEachKernelsName([&count](int number, const char* name) {
      std::printf("%d %s\n", number, name);
      count = number + 1;
    });
    std::printf("%d %s\n", count, kFuture.data());
    return 0;
  }
  const char* const variable = std::getenv("BLIS_ARCH_TYPE");
  const std::string name = variable != nullptr ? variable : "";
  if (!name.empty()) TranslateName(name);
  hybrid::WorkerHooks hooks;
  hooks.edit_report = [&name](hybrid::ReadyReport& report) {
    if (name == kFuture) report.kernels = kFuture;
  };
  return hybrid::RunWorker(hybrid::ParseWorkerArguments(
                               {argv + 1, static_cast<std::size_t>(argc - 1)}),
                           hooks);
}
