#include "report/other_families.h"

#include <fmt/format.h>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/group_key.h"
#include "analysis/groups.h"
#include "analysis/pooled_rows.h"
#include "base/enum_names.h"
#include "base/json.h"
#include "key/key.h"
#include "key/key_text.h"
#include "report/cell_text.h"

namespace hybrid {
namespace {

/// The rows of one configuration on one machine, and what they measured.
using Measured = std::pair<HostAndCores, std::vector<const Row*>>;

std::vector<Measured> GroupOthers(std::span<const Row> rows) {
  std::vector<Measured> all;
  std::map<std::pair<Key, HostAndCores>, std::size_t> places;
  for (const Row& row : rows) {
    if (row.family == Family::kHybrid || row.family == Family::kHosts) {
      continue;
    }
    const HostAndCores machine(row.host, row.usable_cores);
    const auto [place, is_new] =
        places.try_emplace({WithoutSeed(row), machine}, all.size());
    if (is_new) all.emplace_back(machine, std::vector<const Row*>());
    all[place->second].second.push_back(&row);
  }
  return all;
}

/// "12", or "9 of 12" where disturbed ones were left out.
std::string RepetitionsText(const PooledRows& pooled) {
  return pooled.disturbed == 0
             ? std::to_string(pooled.completed)
             : fmt::format("{} of {}", pooled.completed - pooled.disturbed,
                           pooled.completed);
}

/// The median time, or why there is none.
std::string StateText(const PooledRows& pooled) {
  if (pooled.median_s) return FormatSeconds(*pooled.median_s);
  if (pooled.status == PooledStatus::kCapped && pooled.capped_s) {
    return "capped after " + FormatSeconds(*pooled.capped_s);
  }
  return pooled.error.empty() ? std::string(Name(pooled.status))
                              : "failed: " + pooled.error;
}

}  // namespace

JsonArray OtherFamiliesJson(std::span<const Row> rows) {
  JsonArray json;
  for (auto& [machine, its_rows] : GroupOthers(rows)) {
    KeepLastAttempts(its_rows);
    const PooledRows pooled = PoolRows(its_rows);
    const Row& first = *its_rows.front();
    json.push_back(
        {{"family", Name(first.family)},
         {"host", machine.first},
         {"label", KeyText(first, KeyStyle::kShort)},
         {"time_text", StateText(pooled)},
         {"spread_text", pooled.spread ? "±" + FormatPercent(*pooled.spread)
                                       : std::string(kNothing)},
         {"range_text", RangeText(pooled.low_s, pooled.high_s)},
         {"repetitions_text", RepetitionsText(pooled)},
         {"gflops_text", CellText(pooled.gflops, FormatNumber)}});
  }
  return json;
}

}  // namespace hybrid
