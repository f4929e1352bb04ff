#ifndef HYBRID_RESULTS_NEWEST_FILE_H_
#define HYBRID_RESULTS_NEWEST_FILE_H_

#include <string>

namespace hybrid {

/// The path of the result file (`*.csv`) in `folder` whose first row is the
/// latest by its time_utc. Files that can't be read and folders in it don't
/// count. Throws ResultsError where there is none.
std::string NewestResultFile(const std::string& folder);

}  // namespace hybrid

#endif  // HYBRID_RESULTS_NEWEST_FILE_H_
