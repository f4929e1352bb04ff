// Intel's MKL, by the calls that set its threads, and by its kernels, each in a
// library that it loads at its first call. Its names in lower case are
// Fortran's, whose arguments are addresses.

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "blas/fakes/fake.h"

namespace {

int threads = 2;

/// Those that it would choose itself, unless it is told to take lesser ones
/// that it has.
bool LoadKernels() {
  const char* const most = std::getenv("MKL_ENABLE_INSTRUCTIONS");
  const bool is_told = most != nullptr && std::string_view(most) == "AVX2";
  fake::LoadBeside(is_told ? "libmkl_avx2.so" : "libmkl_avx512.so");
  return true;
}

}  // namespace

namespace fake {

void RunGemm(const std::function<void(double* c)>& gemm, double* c,
             std::size_t /*size*/) {
  static const bool loaded = LoadKernels();
  if (loaded) gemm(c);
}

}  // namespace fake

FAKE_EXPORT void MKL_Set_Num_Threads(int count) {
  fake::Record("MKL_Set_Num_Threads", count);
  threads = count;
}
FAKE_EXPORT void mkl_set_num_threads(const int* count) {
  fake::Record("mkl_set_num_threads", *count);
  threads = *count;
}
FAKE_EXPORT int MKL_Set_Num_Threads_Local(int count) {
  fake::Record("MKL_Set_Num_Threads_Local", count);
  const int before = threads;
  threads = count;
  return before;
}
FAKE_EXPORT int MKL_Get_Max_Threads() {
  fake::Record("MKL_Get_Max_Threads", threads);
  return threads;
}
FAKE_EXPORT void MKL_Set_Dynamic(int is_dynamic) {
  fake::Record("MKL_Set_Dynamic", is_dynamic);
}
FAKE_EXPORT void mkl_set_dynamic(const int* is_dynamic) {
  fake::Record("mkl_set_dynamic", *is_dynamic);
}
FAKE_EXPORT int MKL_Set_Threading_Layer(int layer) {
  fake::Record("MKL_Set_Threading_Layer", layer);
  return 3;  // GNU's OpenMP
}
FAKE_EXPORT void MKL_Get_Version_String(char* text, int length) {
  fake::Record("MKL_Get_Version_String", length);
  std::snprintf(text, static_cast<std::size_t>(length),
                "Intel(R) oneAPI Math Kernel Library Version 2024.2-Product "
                "Build 20240605 for Intel(R) 64 architecture applications");
}
