#include "blas/blas.h"

#include <blis.h>

#include <utility>

namespace hybrid {
namespace {

void Gemm(std::uint64_t n, const double* a, const double* b, double* product) {
  const auto order = static_cast<dim_t>(n);
  const auto row_stride = static_cast<inc_t>(n);
  double one = 1;
  double zero = 0;
  // BLIS takes its inputs by non-const pointer but only reads them.
  bli_dgemm(BLIS_NO_TRANSPOSE, BLIS_NO_TRANSPOSE, order, order, order, &one,
            const_cast<double*>(a), row_stride, 1, const_cast<double*>(b),
            row_stride, 1, &zero, product, row_stride, 1);
}

void Syrk(std::uint64_t n, const double* a, double* product) {
  const auto order = static_cast<dim_t>(n);
  const auto row_stride = static_cast<inc_t>(n);
  double one = 1;
  double zero = 0;
  bli_dsyrk(BLIS_UPPER, BLIS_NO_TRANSPOSE, order, order, &one,
            const_cast<double*>(a), row_stride, 1, &zero, product, row_stride,
            1);
}

}  // namespace

BlasInfo QueryBlas() {
  // Without this bli_arch_query_id aborts when BLIS_ARCH_TYPE is set (0.9.0).
  bli_init();
  bli_error_checking_level_set(BLIS_NO_ERROR_CHECKING);
  std::string threading = "none";
  if (bli_info_get_enable_openmp() != 0) {
    threading = "openmp";
  } else if (bli_info_get_enable_pthreads() != 0) {
    threading = "pthreads";
  }
  return {.version = bli_info_get_version_str(),
          .threading = std::move(threading),
          .kernels = bli_arch_string(bli_arch_query_id())};
}

void ForEachKernelsName(
    const std::function<void(int number, const char* name)>& visit) {
  constexpr int kMost = 128;
  for (int number = 0; number < kMost; ++number) {
    const char* name = bli_arch_string(static_cast<arch_t>(number));
    if (name == nullptr) return;
    visit(number, name);
  }
}

const BlasCalls& BlasEntryPoints() {
  static constexpr BlasCalls kCalls{.gemm = Gemm, .syrk = Syrk};
  return kCalls;
}

}  // namespace hybrid
