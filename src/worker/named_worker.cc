// A worker over a BLIS that reads names in BLIS_ARCH_TYPE, as releases after
// 1.0 do, and that knows one more sub-configuration than this program ever
// heard of. Stands in for such a release in the tests of the kernels' catalog;
// everything else about it is the real worker.

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "blas/shared_library.h"
#include "protocol/worker_arguments.h"
#include "worker/worker.h"

namespace {

constexpr std::string_view kFuture = "future9";

/// BLIS's table, up to its end or past it. BLIS itself is not set up by that,
/// which is when it reads its variables.
void ForEachName(
    const hybrid::BlasFiles& files,
    const std::function<void(int number, const char* name)>& visit) {
  using ArchText = const char* (*)(int);
  const hybrid::SharedLibrary library(files.library);
  const auto name_of = library.Get<ArchText>("bli_arch_string");
  constexpr int kMost = 128;
  for (int number = 0; number < kMost; ++number) {
    const char* const name = name_of(number);
    if (name == nullptr) return;
    visit(number, name);
  }
}

/// Does what a name asks for, with numbers: this BLIS reads nothing else.
void TranslateName(const hybrid::BlasFiles& files, const std::string& name) {
  const std::string known = name == kFuture ? "generic" : name;
  ForEachName(files, [&known](int number, const char* candidate) {
    if (candidate != known) return;
    setenv("BLIS_ARCH_TYPE", std::to_string(number).c_str(), 1);
  });
  if (std::getenv("BLIS_ARCH_TYPE") != name) return;
  // As BLIS does.
  std::fputs("libblis: unknown kernels\nlibblis: Aborting.\n", stderr);
  std::abort();
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char* const> arguments(argv + 1,
                                         static_cast<std::size_t>(argc - 1));
  if (argc > 2 && argv[1] == hybrid::kListKernels) {
    int count = 0;
    ForEachName(hybrid::ParseBlasArguments(arguments.subspan(1)),
                [&count](int number, const char* name) {
                  std::printf("%d %s\n", number, name);
                  count = number + 1;
                });
    std::printf("%d %s\n", count, kFuture.data());
    return 0;
  }
  const hybrid::WorkerArguments parsed =
      hybrid::ParseWorkerArguments(arguments);
  const char* const variable = std::getenv("BLIS_ARCH_TYPE");
  const std::string name = variable != nullptr ? variable : "";
  if (!name.empty()) TranslateName(parsed.blas, name);
  hybrid::WorkerHooks hooks;
  hooks.edit_report = [&name](hybrid::ReadyReport& report) {
    if (name == kFuture) report.kernels = kFuture;
  };
  return hybrid::RunWorker(parsed, hooks);
}
