// Another BLAS, an OpenBLAS of 32-bit integers that HYBRID_TEST_REAL names,
// with one element of every result off by a millionth (of floats, a
// thousandth): of the routine that HYBRID_TEST_PERTURB names (`dgesdd`), or
// else of each LAPACK routine.

#include <dlfcn.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <type_traits>

#include "blas/fakes/fake.h"

namespace {

/// An argument: Fortran passes addresses, and behind them lengths of texts that
/// are as wide.
using Any = void*;

void* OpenReal() {
  const char* const path = std::getenv("HYBRID_TEST_REAL");
  void* const library =
      path == nullptr ? nullptr : dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    std::fputs("perturbed BLAS: HYBRID_TEST_REAL names no library\n", stderr);
    _exit(4);
  }
  return library;
}

template <typename Result, typename... Arguments>
Result Forward(const char* name, Arguments... arguments) {
  static void* const library = OpenReal();
  void* const routine = dlsym(library, name);
  if (routine == nullptr) {
    std::fprintf(stderr, "perturbed BLAS: HYBRID_TEST_REAL has no %s\n", name);
    _exit(4);
  }
  return reinterpret_cast<Result (*)(Arguments...)>(routine)(arguments...);
}

enum class Where { kBlas, kLapack };

template <typename Real>
void Perturb(std::string_view routine, Where where, Any element) {
  const char* const chosen = std::getenv("HYBRID_TEST_PERTURB");
  if (chosen == nullptr ? where == Where::kLapack : chosen == routine) {
    *static_cast<Real*>(element) *=
        static_cast<Real>(std::is_same_v<Real, float> ? 1 + 1e-3 : 1 + 1e-6);
  }
}

std::int32_t Value(Any integer) { return *static_cast<std::int32_t*>(integer); }

}  // namespace

// One block per precision: d, double and s, float.
#define FAKE_ROUTINES(letter, Real)                                            \
  FAKE_EXPORT void letter##gemm_(                                              \
      Any trans_a, Any trans_b, Any m, Any n, Any k, Any alpha, Any a,         \
      Any lda, Any b, Any ldb, Any beta, Any c, Any ldc, Any la, Any lb) {     \
    Forward<void>(#letter "gemm_", trans_a, trans_b, m, n, k, alpha, a, lda,   \
                  b, ldb, beta, c, ldc, la, lb);                               \
    Perturb<Real>(#letter "gemm", Where::kBlas, c);                            \
  }                                                                            \
  FAKE_EXPORT void letter##syrk_(Any uplo, Any trans, Any n, Any k, Any alpha, \
                                 Any a, Any lda, Any beta, Any c, Any ldc,     \
                                 Any lu, Any lt) {                             \
    Forward<void>(#letter "syrk_", uplo, trans, n, k, alpha, a, lda, beta, c,  \
                  ldc, lu, lt);                                                \
    Perturb<Real>(#letter "syrk", Where::kBlas, c);                            \
  }                                                                            \
  FAKE_EXPORT void letter##potrf_(Any uplo, Any n, Any a, Any lda, Any info,   \
                                  Any lu) {                                    \
    Forward<void>(#letter "potrf_", uplo, n, a, lda, info, lu);                \
    Perturb<Real>(#letter "potrf", Where::kLapack, a);                         \
  }                                                                            \
  FAKE_EXPORT void letter##gesv_(Any n, Any nrhs, Any a, Any lda, Any pivots,  \
                                 Any b, Any ldb, Any info) {                   \
    Forward<void>(#letter "gesv_", n, nrhs, a, lda, pivots, b, ldb, info);     \
    Perturb<Real>(#letter "gesv", Where::kLapack, b);                          \
  }                                                                            \
  FAKE_EXPORT void letter##gesdd_(                                             \
      Any jobz, Any m, Any n, Any a, Any lda, Any s, Any u, Any ldu, Any vt,   \
      Any ldvt, Any work, Any lwork, Any iwork, Any info, Any lj) {            \
    Forward<void>(#letter "gesdd_", jobz, m, n, a, lda, s, u, ldu, vt, ldvt,   \
                  work, lwork, iwork, info, lj);                               \
    if (Value(lwork) >= 0) Perturb<Real>(#letter "gesdd", Where::kLapack, s);  \
  }                                                                            \
  FAKE_EXPORT void letter##syevd_(Any jobz, Any uplo, Any n, Any a, Any lda,   \
                                  Any w, Any work, Any lwork, Any iwork,       \
                                  Any liwork, Any info, Any lj, Any lu) {      \
    Forward<void>(#letter "syevd_", jobz, uplo, n, a, lda, w, work, lwork,     \
                  iwork, liwork, info, lj, lu);                                \
    if (Value(lwork) >= 0) {                                                   \
      Perturb<Real>(#letter "syevd", Where::kLapack,                           \
                    static_cast<Real*>(w) + Value(n) - 1);                     \
    }                                                                          \
  }                                                                            \
  FAKE_EXPORT void letter##gelsd_(Any m, Any n, Any nrhs, Any a, Any lda,      \
                                  Any b, Any ldb, Any s, Any rcond, Any rank,  \
                                  Any work, Any lwork, Any iwork, Any info) {  \
    Forward<void>(#letter "gelsd_", m, n, nrhs, a, lda, b, ldb, s, rcond,      \
                  rank, work, lwork, iwork, info);                             \
    if (Value(lwork) >= 0) Perturb<Real>(#letter "gelsd", Where::kLapack, b);  \
  }

FAKE_ROUTINES(d, double)
FAKE_ROUTINES(s, float)

FAKE_EXPORT std::int32_t isamax_(Any n, Any x, Any increment) {
  return Forward<std::int32_t>("isamax_", n, x, increment);
}
FAKE_EXPORT void ilaver_(Any major, Any minor, Any patch) {
  Forward<void>("ilaver_", major, minor, patch);
}
FAKE_EXPORT void openblas_set_num_threads(int count) {
  Forward<void>("openblas_set_num_threads", count);
}
FAKE_EXPORT int openblas_get_num_threads() {
  return Forward<int>("openblas_get_num_threads");
}
FAKE_EXPORT const char* openblas_get_config() {
  return Forward<const char*>("openblas_get_config");
}
FAKE_EXPORT const char* openblas_get_corename() {
  return Forward<const char*>("openblas_get_corename");
}
FAKE_EXPORT int openblas_get_parallel() {
  return Forward<int>("openblas_get_parallel");
}
