#ifndef HYBRID_RESULTS_NEWEST_FILE_H_
#define HYBRID_RESULTS_NEWEST_FILE_H_

#include <string>
#include <vector>

namespace hybrid {

/// The path of the result file (`*.csv`) in `folder` whose first row is the
/// latest by its time_utc. Files that can't be read and folders in it don't
/// count. Throws ResultsError where there is none.
std::string NewestResultFile(const std::string& folder);

/// The same of all `folders` together, of those files alone that the machine
/// `machine_id` (machine_id.h) measured; empty where there is none.
std::string NewestFileOfMachine(const std::vector<std::string>& folders,
                                const std::string& machine_id);

}  // namespace hybrid

#endif  // HYBRID_RESULTS_NEWEST_FILE_H_
