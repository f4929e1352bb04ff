#ifndef HYBRID_OPERATION_BUFFER_H_
#define HYBRID_OPERATION_BUFFER_H_

#include <cstddef>
#include <span>

namespace hybrid {

/// Owns private, page-aligned, zeroed memory whose pages were all touched by
/// the thread that made it, so that no page fault falls into a timed region.
/// Asks for huge pages, as NumPy does for its large arrays.
class Buffer {
 public:
  /// Throws std::system_error if the system does not give `doubles` doubles.
  explicit Buffer(std::size_t doubles);
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer();

  double* data() const { return data_; }
  std::span<double> span() const { return {data_, doubles_}; }

 private:
  std::size_t doubles_;
  double* data_ = nullptr;
};

}  // namespace hybrid

#endif  // HYBRID_OPERATION_BUFFER_H_
