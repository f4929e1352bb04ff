#ifndef HYBRID_BLAS_BLAS_CALLS_H_
#define HYBRID_BLAS_BLAS_CALLS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace hybrid {

/// What stands for the batched call of a library that has none.
inline constexpr std::string_view kGemmLoop = "loop of gemm";

/// The batched calls for `Real` that libraries have: for matrices that lie
/// anywhere, and for those at equal distances.
template <typename Real>
inline constexpr const char* kBatchedGemm =
    std::is_same_v<Real, float> ? "cblas_sgemm_batch" : "cblas_dgemm_batch";
template <typename Real>
inline constexpr const char* kStridedGemm =
    std::is_same_v<Real, float> ? "cblas_sgemm_batch_strided"
                                : "cblas_dgemm_batch_strided";

/// Whether `name` is one of them.
inline bool IsBatchedCall(std::string_view name) {
  return name == kBatchedGemm<double> || name == kBatchedGemm<float> ||
         name == kStridedGemm<double> || name == kStridedGemm<float>;
}

/// The letter of BLAS and LAPACK for numbers that are `Real`, double or float.
template <typename Real>
inline constexpr char kLetter = std::is_same_v<Real, float> ? 's' : 'd';

/// The routines for one kind of numbers, double or float. Their meaning is
/// Fortran's: matrices lie in columns, and what is read and what is written do
/// not overlap. A call takes as many threads as the process's environment gives
/// it, and takes its arguments on trust.
///
/// LAPACK's routines return its info: 0 for success. Their arrays of integers
/// are memory of 8 bytes an element, which serves libraries with 32-bit and
/// with 64-bit integers. With lwork = -1 they only tell in work[0] how many
/// numbers of work they want. One that the library lacks throws
/// std::runtime_error.
template <typename Real>
class Routines {
 public:
  Routines() = default;
  Routines(const Routines&) = delete;
  Routines& operator=(const Routines&) = delete;
  virtual ~Routines() = default;

  /// c = alpha·op(a)·op(b) + beta·c, m × n with k terms an element.
  virtual void Gemm(char trans_a, char trans_b, std::int64_t m, std::int64_t n,
                    std::int64_t k, Real alpha, const Real* a, std::int64_t lda,
                    const Real* b, std::int64_t ldb, Real beta, Real* c,
                    std::int64_t ldc) const = 0;

  /// What GemmBatch calls: the library's own call for many products, one that
  /// takes matrices at equal distances only if these are `in_strides`, or else
  /// kGemmLoop.
  virtual std::string_view batched_gemm(bool /*in_strides*/) const {
    return kGemmLoop;
  }

  /// Gemm for each of a, b and c.
  virtual void GemmBatch(char trans_a, char trans_b, std::int64_t m,
                         std::int64_t n, std::int64_t k, Real alpha,
                         std::span<const Real* const> a, std::int64_t lda,
                         std::span<const Real* const> b, std::int64_t ldb,
                         Real beta, std::span<Real* const> c,
                         std::int64_t ldc) const {
    for (std::size_t i = 0; i < c.size(); ++i) {
      Gemm(trans_a, trans_b, m, n, k, alpha, a[i], lda, b[i], ldb, beta, c[i],
           ldc);
    }
  }

  /// c = alpha·a·aᵀ + beta·c, or aᵀ·a; n × n, of which one triangle is
  /// written, with k terms an element.
  virtual void Syrk(char uplo, char trans, std::int64_t n, std::int64_t k,
                    Real alpha, const Real* a, std::int64_t lda, Real beta,
                    Real* c, std::int64_t ldc) const = 0;

  /// Cholesky: one triangle of a becomes the factor's.
  virtual std::int64_t Potrf(char uplo, std::int64_t n, Real* a,
                             std::int64_t lda) const = 0;

  /// Solves a·x = b: b becomes x, and a its factors.
  virtual std::int64_t Gesv(std::int64_t n, std::int64_t nrhs, Real* a,
                            std::int64_t lda, void* pivots, Real* b,
                            std::int64_t ldb) const = 0;

  /// Singular values, and with jobz 'A' or 'S' the vectors, of a, which is
  /// lost.
  virtual std::int64_t Gesdd(char jobz, std::int64_t m, std::int64_t n, Real* a,
                             std::int64_t lda, Real* s, Real* u,
                             std::int64_t ldu, Real* vt, std::int64_t ldvt,
                             Real* work, std::int64_t lwork,
                             void* iwork) const = 0;

  /// Eigenvalues w of the symmetric a, which with jobz 'V' becomes its
  /// eigenvectors.
  virtual std::int64_t Syevd(char jobz, char uplo, std::int64_t n, Real* a,
                             std::int64_t lda, Real* w, Real* work,
                             std::int64_t lwork, void* iwork,
                             std::int64_t liwork) const = 0;

  /// The least-squares solution of a·x = b through singular values s: the
  /// first n of b's rows become x, a is lost.
  virtual std::int64_t Gelsd(std::int64_t m, std::int64_t n, std::int64_t nrhs,
                             Real* a, std::int64_t lda, Real* b,
                             std::int64_t ldb, Real* s, Real rcond, Real* work,
                             std::int64_t lwork, void* iwork) const = 0;
};

/// The calls into a BLAS, and the LAPACK with it, that operations are made of:
/// whoever holds them needs no BLAS to link.
class BlasCalls {
 public:
  BlasCalls() = default;
  BlasCalls(const BlasCalls&) = delete;
  BlasCalls& operator=(const BlasCalls&) = delete;
  virtual ~BlasCalls() = default;

  /// Whether the library has `routine`, "dgesdd" for example.
  virtual bool has(const std::string& routine) const = 0;

  virtual const Routines<double>& doubles() const = 0;
  virtual const Routines<float>& floats() const = 0;

  /// Those of the two whose numbers are `Real`.
  template <typename Real>
  const Routines<Real>& of() const {
    if constexpr (std::is_same_v<Real, float>) {
      return floats();
    } else {
      return doubles();
    }
  }
};

}  // namespace hybrid

#endif  // HYBRID_BLAS_BLAS_CALLS_H_
