#ifndef HYBRID_REPORT_PAGE_DATA_H_
#define HYBRID_REPORT_PAGE_DATA_H_

#include <span>
#include <string>

#include "base/json_fwd.h"
#include "report/result_file.h"

namespace hybrid {

/// The version of the page's data, which stands in them as `format`.
inline constexpr int kPageDataFormat = 2;

/// All that the page shows of `files`, whose rows are pooled: machines, runs,
/// groups with their answers, other families, history, and every row.
/// `generator` names the program. Tables get texts, so that the page's scripts
/// need not know how figures are written, nor which parts a key has; charts get
/// numbers. Times are seconds; what is missing is null.
Json PageData(std::span<const ResultFile> files, const std::string& generator);

}  // namespace hybrid

#endif  // HYBRID_REPORT_PAGE_DATA_H_
