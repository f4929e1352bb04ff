#ifndef HYBRID_OPERATION_BUFFER_H_
#define HYBRID_OPERATION_BUFFER_H_

#include <cstddef>
#include <span>

namespace hybrid {

/// Owns private, page-aligned, zeroed memory whose pages were all touched by
/// the thread that made it, so that no page fault falls into a timed region.
/// Asks for huge pages, as NumPy does for its large arrays.
class TouchedMemory {
 public:
  /// Throws std::system_error if the system does not give `bytes`.
  explicit TouchedMemory(std::size_t bytes);
  TouchedMemory(const TouchedMemory&) = delete;
  TouchedMemory& operator=(const TouchedMemory&) = delete;
  ~TouchedMemory();

  void* data() const { return data_; }

 private:
  std::size_t bytes_;
  void* data_ = nullptr;
};

/// Such memory for so many numbers, one at least.
template <typename Real>
class BufferOf {
 public:
  explicit BufferOf(std::size_t numbers)
      : numbers_(numbers > 0 ? numbers : 1), memory_(numbers_ * sizeof(Real)) {}

  Real* data() const { return static_cast<Real*>(memory_.data()); }
  std::span<Real> span() const { return {data(), numbers_}; }

 private:
  std::size_t numbers_;
  TouchedMemory memory_;
};

using Buffer = BufferOf<double>;

}  // namespace hybrid

#endif  // HYBRID_OPERATION_BUFFER_H_
