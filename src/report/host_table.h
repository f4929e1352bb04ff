#ifndef HYBRID_REPORT_HOST_TABLE_H_
#define HYBRID_REPORT_HOST_TABLE_H_

#include <span>
#include <string>

#include "base/json_fwd.h"
#include "results/row.h"

namespace hybrid {

/// The hosts that shared the work of `machine`, side by side: for each a text
/// of every column of the page's table, by the column's name. Empty without
/// hosts.
JsonArray HostsJson(std::span<const Row> rows, const std::string& machine);

}  // namespace hybrid

#endif  // HYBRID_REPORT_HOST_TABLE_H_
