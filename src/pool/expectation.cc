#include "pool/expectation.h"

#include <fmt/format.h>

#include "base/contains.h"

namespace hybrid {

std::optional<CpuMask> MaskOf(const std::vector<int>& cpus) {
  CpuMask mask{};
  for (const int cpu : cpus) {
    const auto index = static_cast<std::size_t>(cpu);
    if (index / 64 >= mask.size()) return std::nullopt;
    mask[index / 64] |= std::uint64_t{1} << (index % 64);
  }
  return mask;
}

std::optional<std::string> FindMismatch(const ReadyReport& report,
                                        const ReadyReport& first,
                                        const Expectation& expectation) {
  const std::vector<std::string>& threading = expectation.threading;
  if (!threading.empty() &&
      !Contains(threading, report.blas_threading.view())) {
    return fmt::format("its BLAS is threaded by {}, not by {}",
                       report.blas_threading.view(), threading.front());
  }
  // 0: without /proc nobody can count them.
  if (expectation.threads && report.threads != 0 &&
      report.threads != *expectation.threads) {
    return fmt::format("it runs {} BLAS threads, not {}", report.threads,
                       *expectation.threads);
  }
  if (report.kernels.view() != first.kernels.view() ||
      report.blas_version.view() != first.blas_version.view()) {
    return fmt::format(
        "it runs version {} with {} kernels, worker 0 {} with {}",
        report.blas_version.view(), report.kernels.view(),
        first.blas_version.view(), first.kernels.view());
  }
  const std::string& kernels = expectation.kernels;
  if (!kernels.empty() && report.kernels.view() != kernels) {
    return fmt::format("it runs {} kernels, not {}", report.kernels.view(),
                       kernels);
  }
  const std::vector<int>& cpus = expectation.cpus;
  if (!cpus.empty() &&
      MaskOf(cpus).value_or(report.cpu_mask) != report.cpu_mask) {
    return fmt::format("its affinity mask ({} CPUs) is not the one given to it",
                       report.allowed_cpus);
  }
  return std::nullopt;
}

}  // namespace hybrid
