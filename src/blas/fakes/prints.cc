// Talks to whoever is on stdout and stderr, when it is loaded and at each call.

#include <cstdio>

#include "blas/fakes/fake.h"

namespace {

void Talk(const char* when) {
  std::printf("fake BLAS: %s, on stdout\n", when);
  std::fprintf(stderr, "fake BLAS: %s, on stderr\n", when);
}

__attribute__((constructor)) void TalkWhenLoaded() { Talk("loaded"); }

}  // namespace

namespace fake {

void RunGemm(const std::function<void(double* c)>& gemm, double* c,
             std::size_t /*size*/) {
  Talk("called");
  gemm(c);
}

}  // namespace fake
