#ifndef HYBRID_REPORT_REPORT_ERROR_H_
#define HYBRID_REPORT_REPORT_ERROR_H_

#include <stdexcept>

namespace hybrid {

/// A report that can't be made. `what()` is one line that names the file or
/// the program at fault and, where there is something, what to do.
class ReportError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace hybrid

#endif  // HYBRID_REPORT_REPORT_ERROR_H_
