// Starts a team of four for every product, whatever it was told.

#include <thread>
#include <vector>

#include "blas/fakes/fake.h"

namespace fake {

void RunGemm(const std::function<void(double* c)>& gemm, double* c,
             std::size_t size) {
  constexpr int kOthers = 3;
  const std::vector<double> before(c, c + size);
  std::vector<std::jthread> team;
  for (int i = 0; i < kOthers; ++i) {
    team.emplace_back(
        [&gemm, scratch = before]() mutable { gemm(scratch.data()); });
  }
  gemm(c);
}

}  // namespace fake
