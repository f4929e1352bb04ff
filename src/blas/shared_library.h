#ifndef HYBRID_BLAS_SHARED_LIBRARY_H_
#define HYBRID_BLAS_SHARED_LIBRARY_H_

#include <string>

namespace hybrid {

/// A shared library that was loaded for the rest of the process's life, its
/// symbols there for whatever is loaded later: a LAPACK finds its BLAS by them.
class SharedLibrary {
 public:
  /// Throws std::runtime_error ("FILE: cause").
  explicit SharedLibrary(const std::string& file);

  /// The address of `symbol` here or in what came along with it, or null.
  void* Find(const std::string& symbol) const;

  /// The same as a function of type `Function` (a pointer), or null.
  template <typename Function>
  Function Get(const std::string& symbol) const {
    return reinterpret_cast<Function>(Find(symbol));
  }

 private:
  void* handle_;
};

}  // namespace hybrid

#endif  // HYBRID_BLAS_SHARED_LIBRARY_H_
