#ifndef HYBRID_REPORT_RESULT_FILE_H_
#define HYBRID_REPORT_RESULT_FILE_H_

#include <string>
#include <vector>

#include "results/row.h"

namespace hybrid {

/// What one result file holds, and what the page calls it.
struct ResultFile {
  std::string name;
  std::vector<Row> rows;
};

}  // namespace hybrid

#endif  // HYBRID_REPORT_RESULT_FILE_H_
