#include "operation/buffer.h"

#include <sys/mman.h>

#include <cstring>

#include "base/system_error.h"

namespace hybrid {

TouchedMemory::TouchedMemory(std::size_t bytes) : bytes_(bytes) {
  void* memory = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    ThrowSystemError("memory for operands");
  }
#ifdef MADV_HUGEPAGE
  madvise(memory, bytes_, MADV_HUGEPAGE);  // advice: nothing is lost without it
#endif
  data_ = memory;
  std::memset(data_, 0, bytes_);
}

TouchedMemory::~TouchedMemory() { munmap(data_, bytes_); }

}  // namespace hybrid
