#ifndef HYBRID_REPORT_DIMENSIONS_H_
#define HYBRID_REPORT_DIMENSIONS_H_

#include <string>
#include <string_view>

#include "analysis/group_key.h"
#include "base/json.h"
#include "key/key_json.h"

namespace hybrid {

/// Something in which groups of results differ.
struct Dimension {
  std::string_view key;    ///< in the page's address, and of values
  std::string_view label;  ///< of its control
  bool always = false;     ///< shown even where it has one value
  /// A parameter of the task, such as n: a choice shows all of its values side
  /// by side.
  bool detail = false;
};

/// Calls `visit(dimension, value)` for each, details last: what the page's
/// scripts walk, so that a new part of the key needs no change in them.
template <typename Visitor>
void ForEachDimension(const GroupKey& key, Visitor&& visit) {
  visit(Dimension{"host", "host"}, Json(key.host));
  visit(Dimension{"cores", "usable cores"}, Json(key.usable_cores));
  ForEachKey(key, [&visit](const KeyPart& part, const auto& field) {
    // All groups are of one family, and GroupOf has dropped the variant.
    const bool name = part.role == KeyRole::kName && part.column != "family" &&
                      part.column != "variant";
    if (!name && part.role != KeyRole::kOption) return;
    visit(Dimension{part.label, part.label, name || !part.told.empty()},
          KeyJson(field));
  });
  visit(Dimension{"blis", "BLIS"}, Json(key.blis_version));
  ForEachKey(key, [&visit](const KeyPart& part, const auto& field) {
    if (part.role != KeyRole::kAlways) return;
    visit(Dimension{part.label, part.label, true, true}, KeyJson(field));
  });
}

/// The list itself, for the page's data: key, label, always, detail, and what
/// its values mean where that needs words.
Json DimensionsJson();

/// The values of `key` by dimension.
JsonObject DimensionValuesJson(const GroupKey& key);

/// "n=256 batch=32": the details of `key`.
std::string DetailText(const GroupKey& key);

/// Whether two keys belong to one choice: they differ in details alone.
bool DifferInDetailsAlone(const GroupKey& a, const GroupKey& b);

}  // namespace hybrid

#endif  // HYBRID_REPORT_DIMENSIONS_H_
