#ifndef HYBRID_POOL_TEST_POOL_H_
#define HYBRID_POOL_TEST_POOL_H_

#include <gtest/gtest.h>
#include <sched.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/test_processes.h"
#include "key/key.h"
#include "key/test_keys.h"
#include "pool/environment.h"
#include "pool/pool_settings.h"

namespace hybrid {

/// The CPUs this process may run on.
inline std::vector<int> AllowedCpus() {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  EXPECT_EQ(sched_getaffinity(0, sizeof(mask), &mask), 0);
  std::vector<int> cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(static_cast<std::size_t>(cpu), &mask)) cpus.push_back(cpu);
  }
  return cpus;
}

/// A cap that never comes.
inline constexpr double kNoCapS = 1e6;

/// This process's environment as bench gives it to workers. A worker built with
/// AddressSanitizer shall die of a SIGSEGV like any other.
inline Environment WorkersEnvironment() {
  Environment environment = ScrubEnvironment(ProcessEnvironment());
  std::string options = "ASAN_OPTIONS=handle_segv=0";
  std::erase_if(environment.kept, [&](const std::string& variable) {
    const std::string name = "ASAN_OPTIONS=";
    if (!variable.starts_with(name)) return false;
    options.append(":").append(variable, name.size());
    return true;
  });
  environment.kept.push_back(std::move(options));
  return environment;
}

/// What workers of `executable` are started with to measure `key`.
inline PoolSettings WorkersSettings(const Key& key, std::string executable) {
  PoolSettings settings;
  settings.worker_executable = std::move(executable);
  settings.environment = WorkersEnvironment();
  settings.oversubscribed =
      key.workers * key.blas_threads > AllowedCpus().size();
  settings.blas = FilesOf("blis-openmp", key.blas_threads);
  settings.expectation.threading = {"openmp"};
  settings.expectation.threads = key.blas_threads;
  return settings;
}

/// What the real workers are started with to measure `key`.
inline PoolSettings RealSettings(const Key& key) {
  return WorkersSettings(key, HYBRID_WORKER);
}

/// The same for a command, which is given no BLAS.
inline PoolSettings RealCommandSettings(const Key& key) {
  PoolSettings settings = RealSettings(key);
  settings.environment = ScrubEnvironment(ProcessEnvironment());
  settings.blas = {};
  settings.expectation = {};
  return settings;
}

/// Whatever a test does to its pools, no child and no descriptor may be left.
class PoolTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(HasNoChildren()); }
  void TearDown() override {
    EXPECT_TRUE(HasNoChildren());
    EXPECT_EQ(CountOpenFds(), fds_before_);
  }

 private:
  std::ptrdiff_t fds_before_ = CountOpenFds();
};

}  // namespace hybrid

#endif  // HYBRID_POOL_TEST_POOL_H_
