#ifndef HYBRID_KEY_TEST_KEYS_H_
#define HYBRID_KEY_TEST_KEYS_H_

#include <cstdint>
#include <string>
#include <utility>

#include "key/key.h"

namespace hybrid {

/// For tests: a configuration of gemm.
inline Key GemmKey(std::uint64_t n, std::uint64_t batch,
                   std::uint64_t workers = 1, std::uint64_t blas_threads = 1) {
  Key key;
  key.n = n;
  key.batch = batch;
  key.workers = workers;
  key.blas_threads = blas_threads;
  key.seed = 42;
  return key;
}

/// For tests: one whose tasks do nothing.
inline Key NoneKey(std::uint64_t batch, std::uint64_t workers) {
  Key key = GemmKey(8, batch, workers);
  key.operation = "none";
  return key;
}

/// For tests: one whose tasks a program of the user's does.
inline Key CommandKey(std::string command, std::uint64_t batch,
                      std::uint64_t workers = 1,
                      std::uint64_t blas_threads = 1) {
  Key key = GemmKey(0, batch, workers, blas_threads);
  key.operation = kCommandOperation;
  key.command = std::move(command);
  key.protocol = "auto";
  key.blas.clear();
  key.kernels_asked.clear();
  return key;
}

/// For tests: one whose batch no worker ever gets to the end of.
inline Key EndlessKey(std::uint64_t workers) {
  Key key = GemmKey(64, 1'000'000'000'000, workers);
  key.data = Data::kHot;
  return key;
}

}  // namespace hybrid

#endif  // HYBRID_KEY_TEST_KEYS_H_
