#ifndef HYBRID_RESULTS_RESULTS_ERROR_H_
#define HYBRID_RESULTS_RESULTS_ERROR_H_

#include <stdexcept>

namespace hybrid {

/// A result file that can't be used as it is. `what()` is one line that names
/// the file and, where there is one, the line and the column.
class ResultsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A file with another version of the columns than this program reads.
class SchemaError : public ResultsError {
 public:
  using ResultsError::ResultsError;
};

}  // namespace hybrid

#endif  // HYBRID_RESULTS_RESULTS_ERROR_H_
