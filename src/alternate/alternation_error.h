#ifndef HYBRID_ALTERNATE_ALTERNATION_ERROR_H_
#define HYBRID_ALTERNATE_ALTERNATION_ERROR_H_

#include <stdexcept>

namespace hybrid {

/// Two programs can't be measured in turn; what() is one line that names the
/// program, the flag or the file.
class AlternationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace hybrid

#endif  // HYBRID_ALTERNATE_ALTERNATION_ERROR_H_
