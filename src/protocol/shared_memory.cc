#include "protocol/shared_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>

#include "base/system_error.h"

namespace hybrid {
SharedMemory::SharedMemory(const std::string& label, std::size_t bytes)
    : fd_(memfd_create(label.c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING)),
      bytes_(bytes) {
  if (!fd_.valid()) ThrowSystemError("shared memory: memfd_create");
  if (ftruncate(fd_.get(), static_cast<off_t>(bytes)) != 0) {
    ThrowSystemError("shared memory: ftruncate");
  }
  // A size that can't change can't take a mapped page away either (SIGBUS).
  if (fcntl(fd_.get(), F_ADD_SEALS,
            F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    ThrowSystemError("shared memory: sealing");
  }
  MapWhole();
}

SharedMemory SharedMemory::Map(UniqueFd fd) {
  SharedMemory memory;
  memory.fd_ = std::move(fd);
  struct stat status {};
  if (fstat(memory.fd_.get(), &status) != 0)
    ThrowSystemError("shared memory: fstat");
  memory.bytes_ = static_cast<std::size_t>(status.st_size);
  memory.MapWhole();
  return memory;
}

void SharedMemory::MapWhole() {
  void* data =
      mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED, fd_.get(), 0);
  if (data == MAP_FAILED) ThrowSystemError("shared memory: mmap");
  data_ = data;
}

SharedMemory& SharedMemory::operator=(SharedMemory&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(data_, other.data_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

SharedMemory::~SharedMemory() {
  if (data_ != nullptr) munmap(data_, bytes_);
}

void Populate(void* data, std::size_t bytes) {
#ifdef MADV_POPULATE_WRITE
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const std::uintptr_t into_page =
      reinterpret_cast<std::uintptr_t>(data) % page;
  madvise(static_cast<char*>(data) - into_page, bytes + into_page,
          MADV_POPULATE_WRITE);
#else
  static_cast<void>(data);
  static_cast<void>(bytes);
#endif
}

}  // namespace hybrid
