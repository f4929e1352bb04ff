#ifndef HYBRID_BASE_FLAG_ERROR_H_
#define HYBRID_BASE_FLAG_ERROR_H_

#include <stdexcept>

namespace hybrid {

/// A flag's value that can't be taken; what() is one line that names the flag
/// and says what it takes.
class FlagError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace hybrid

#endif  // HYBRID_BASE_FLAG_ERROR_H_
