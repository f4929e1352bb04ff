#ifndef HYBRID_BENCH_VERSION_H_
#define HYBRID_BENCH_VERSION_H_

#include <string>

namespace hybrid {

/// What --version prints: this program, the libraries it was built with, and
/// the BLAS that its workers call, which they are asked for.
std::string VersionText();

}  // namespace hybrid

#endif  // HYBRID_BENCH_VERSION_H_
