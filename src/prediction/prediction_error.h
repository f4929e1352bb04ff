#ifndef HYBRID_PREDICTION_PREDICTION_ERROR_H_
#define HYBRID_PREDICTION_PREDICTION_ERROR_H_

#include <stdexcept>

namespace hybrid {

/// Why results tell nothing of what was asked; what() is one line that says
/// what to do.
class PredictionError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_PREDICTION_ERROR_H_
