#ifndef HYBRID_PROTOCOL_SHARED_MEMORY_H_
#define HYBRID_PROTOCOL_SHARED_MEMORY_H_

#include <cstddef>
#include <string>

#include "base/unique_fd.h"

namespace hybrid {

/// A mapping of anonymous memory that processes share by inheriting its
/// descriptor: no name in the file system, nothing left behind by a kill.
/// Owns descriptor and mapping. Linux: memfd, its size sealed. Every failure
/// throws std::system_error.
class SharedMemory {
 public:
  SharedMemory() = default;
  /// Creates `bytes` zeroed bytes; `label` only shows in /proc.
  SharedMemory(const std::string& label, std::size_t bytes);
  /// Maps what `fd` holds, and takes the descriptor.
  static SharedMemory Map(UniqueFd fd);

  SharedMemory(SharedMemory&& other) noexcept { *this = std::move(other); }
  SharedMemory& operator=(SharedMemory&& other) noexcept;
  ~SharedMemory();

  int fd() const { return fd_.get(); }
  void* data() const { return data_; }
  std::size_t size() const { return bytes_; }

 private:
  void MapWhole();

  UniqueFd fd_;
  void* data_ = nullptr;
  std::size_t bytes_ = 0;
};

/// Makes the pages of [data, data + bytes) present and writable in this
/// process now rather than at first use. Quietly does nothing on systems that
/// can't (Linux before 5.14): the faults then come later.
void Populate(void* data, std::size_t bytes);

}  // namespace hybrid

#endif  // HYBRID_PROTOCOL_SHARED_MEMORY_H_
