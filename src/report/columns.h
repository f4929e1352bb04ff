#ifndef HYBRID_REPORT_COLUMNS_H_
#define HYBRID_REPORT_COLUMNS_H_

#include <span>

#include "base/json_fwd.h"
#include "results/row.h"

namespace hybrid {

/// Rows of all families by column, each as short as it can be said: one
/// `constant`; a `dictionary` with an `index` into it per row; or the `values`.
/// `usual` columns are shown first: the key's, and what matters most of the
/// rest. Measured numbers to 6 significant digits: the result file stays the
/// exact record.
Json ColumnarRows(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_REPORT_COLUMNS_H_
