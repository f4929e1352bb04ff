// Ends the process that loads it, as a library does that finds no licence.

#include <cstdio>
#include <cstdlib>

namespace {

__attribute__((constructor)) void ExitWhenLoaded() {
  std::fputs("fake BLAS: no licence\n", stderr);
  std::exit(3);
}

}  // namespace
