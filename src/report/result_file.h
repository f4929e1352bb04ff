#ifndef HYBRID_REPORT_RESULT_FILE_H_
#define HYBRID_REPORT_RESULT_FILE_H_

#include <string>
#include <vector>

#include "results/row.h"

namespace hybrid {

/// What one result file holds.
struct ResultFile {
  std::string name;  ///< what the page calls it
  std::vector<Row> rows;
};

}  // namespace hybrid

#endif  // HYBRID_REPORT_RESULT_FILE_H_
