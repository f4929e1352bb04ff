#ifndef HYBRID_REPORT_COLUMNS_H_
#define HYBRID_REPORT_COLUMNS_H_

#include <span>

#include "base/json_fwd.h"
#include "results/row.h"

namespace hybrid {

/// `rows` as the page reads them, their `count` and `columns`. Each column is
/// as short as it can be said: one `constant`; a `dictionary` with an `index`
/// into it per row; or the `values`. Its `kind` is text, number or bool;
/// `usual` ones, the key's and what matters most of the rest, are shown at
/// first. Measured numbers have 6 significant digits: the result file stays the
/// exact record.
Json ColumnarRows(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_REPORT_COLUMNS_H_
