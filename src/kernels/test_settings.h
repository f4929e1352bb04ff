#ifndef HYBRID_KERNELS_TEST_SETTINGS_H_
#define HYBRID_KERNELS_TEST_SETTINGS_H_

#include <string>

#include "blas/blas_files.h"
#include "kernels/catalog.h"
#include "pool/environment.h"

namespace hybrid {

/// For tests: pools of the program `worker`, which plants `fault` if it is the
/// faulty worker.
inline SettingsFor With(const std::string& worker,
                        const std::string& fault = "") {
  return [=](const Key& key) {
    PoolSettings settings;
    settings.expectation.threads = key.blas_threads;
    settings.worker_executable = worker;
    settings.blas = FilesOf("blis-openmp", key.blas_threads);
    settings.environment = ScrubEnvironment(ProcessEnvironment());
    settings.environment.kept.push_back("HYBRID_TEST_FAULT=" + fault);
    // Bench kills workers that gave up, in the middle of a leak check.
    settings.environment.kept.push_back("LSAN_OPTIONS=detect_leaks=0");
    return settings;
  };
}

}  // namespace hybrid

#endif  // HYBRID_KERNELS_TEST_SETTINGS_H_
