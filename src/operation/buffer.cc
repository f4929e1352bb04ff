#include "operation/buffer.h"

#include <sys/mman.h>

#include <algorithm>

#include "base/system_error.h"

namespace hybrid {

Buffer::Buffer(std::size_t doubles)
    : doubles_(std::max<std::size_t>(doubles, 1)) {
  const std::size_t bytes = doubles_ * sizeof(double);
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    ThrowSystemError("memory for operands");
  }
#ifdef MADV_HUGEPAGE
  madvise(memory, bytes, MADV_HUGEPAGE);  // advice: nothing is lost without it
#endif
  data_ = static_cast<double*>(memory);
  std::fill_n(data_, doubles_, 0.0);
}

Buffer::~Buffer() { munmap(data_, doubles_ * sizeof(double)); }

}  // namespace hybrid
