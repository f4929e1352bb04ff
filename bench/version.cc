#include "version.h"

#include <fmt/format.h>

#include <exception>

#include "base/version.h"
#include "blas/blas_files.h"
#include "measure/site.h"

namespace hybrid {
namespace {

std::string CalledBlas(const BlasIdentity& blas) {
  if (!blas.error.empty()) return fmt::format("unknown: {}", blas.error);
  const std::string serial = blas.one_thread_threading == blas.threading
                                 ? ""
                                 : fmt::format("; workers of one thread: {}",
                                               blas.one_thread_threading);
  return fmt::format("{} ({}{}), its kernels here: {}", blas.version,
                     blas.threading, serial, blas.kernels);
}

/// No machine is too odd to say what is installed on it.
std::string BlasOfWorkers() try {
  const WorkerSettings workers{
      .executable = DefaultWorkerExecutable(),
      .environment = ScrubEnvironment(ProcessEnvironment())};
  return CalledBlas(
      SurveySite(ReadMachine(), workers, {std::string(kBlis)}).blas.front());
} catch (const std::exception& error) {
  return fmt::format("unknown: {}", error.what());
}

}  // namespace

std::string VersionText() {
  return VersionLine("bench") +
         "Google Benchmark " HYBRID_GOOGLE_BENCHMARK_VERSION
         ", Boost " HYBRID_BOOST_VERSION "\n" +
         fmt::format("BLIS {}\n", BlasOfWorkers());
}

}  // namespace hybrid
