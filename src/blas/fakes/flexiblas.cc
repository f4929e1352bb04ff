// FlexiBLAS: its own calls, and those of every library that it can load, as it
// really has them; of these it loads one.

#include <cstdint>
#include <cstdio>

#include "blas/fakes/fake.h"

namespace {

int threads = 1;

void Set(const char* call, long long count) {
  fake::Record(call, count);
  threads = static_cast<int>(count);
}

__attribute__((constructor)) void LoadBackend() {
  fake::LoadBeside("libopenblas-backend.so");
}

}  // namespace

FAKE_EXPORT void flexiblas_set_num_threads(int count) {
  Set("flexiblas_set_num_threads", count);
}
FAKE_EXPORT int flexiblas_get_num_threads() { return threads; }
FAKE_EXPORT int flexiblas_current_backend(char* name, std::size_t size) {
  return std::snprintf(name, size, "OPENBLAS-OPENMP");
}
FAKE_EXPORT void flexiblas_get_version(int* major, int* minor, int* patch) {
  *major = 3;
  *minor = 4;
  *patch = 2;
}

FAKE_EXPORT void openblas_set_num_threads(int count) {
  Set("openblas_set_num_threads", count);
}
FAKE_EXPORT int openblas_get_num_threads() { return threads; }
FAKE_EXPORT void MKL_Set_Num_Threads(int count) {
  Set("MKL_Set_Num_Threads", count);
}
FAKE_EXPORT int MKL_Get_Max_Threads() { return threads; }
FAKE_EXPORT void bli_thread_set_num_threads(std::int64_t count) {
  Set("bli_thread_set_num_threads", count);
}
FAKE_EXPORT std::int64_t bli_thread_get_num_threads() { return threads; }
FAKE_EXPORT void nvpl_blas_set_num_threads(int count) {
  Set("nvpl_blas_set_num_threads", count);
}
FAKE_EXPORT void armpl_set_num_threads(int count) {
  Set("armpl_set_num_threads", count);
}
