#include "blas/blas.h"

#include <blis.h>

#include <utility>

#include "blas/typed_blis_calls.h"

namespace hybrid {
namespace {

void* TypedSymbol(const std::string& symbol) {
  if (symbol == "bli_dgemm") return reinterpret_cast<void*>(&bli_dgemm);
  if (symbol == "bli_dsyrk") return reinterpret_cast<void*>(&bli_dsyrk);
  return nullptr;
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
  static const TypedBlisCalls calls(TypedSymbol);
  return calls;
}

}  // namespace hybrid
