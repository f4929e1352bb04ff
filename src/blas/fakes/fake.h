#ifndef HYBRID_BLAS_FAKES_FAKE_H_
#define HYBRID_BLAS_FAKES_FAKE_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

/// What a fake library shows to others.
#define FAKE_EXPORT extern "C" __attribute__((visibility("default")))

namespace fake {

/// Carries out a call of dgemm, which writes `size` doubles at `c`: this is
/// where a faulty library has its fault.
void RunGemm(const std::function<void(double* c)>& gemm, double* c,
             std::size_t size);

/// Ends a batched call, whose first product has its first element at `c`:
/// another place for a fault.
void EndBatch(double* c);

/// Loads the library of that name which lies beside this one.
void LoadBeside(const std::string& name);

/// Appends the line `CALL VALUE` to the file that HYBRID_TEST_RECORD names, if
/// it names one.
void Record(std::string_view call, long long value);

}  // namespace fake

#endif  // HYBRID_BLAS_FAKES_FAKE_H_
