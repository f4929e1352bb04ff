#ifndef HYBRID_REPORT_DIMENSIONS_H_
#define HYBRID_REPORT_DIMENSIONS_H_

#include <string>
#include <string_view>

#include "analysis/group_key.h"
#include "base/json.h"
#include "key/key.h"
#include "key/key_json.h"

namespace hybrid {

/// Something in which groups of results differ.
struct Dimension {
  std::string_view key;    ///< what the page's address and data call it
  std::string_view label;  ///< what readers call it
  bool always = false;     ///< its control is shown even for a single value
  /// A parameter of the task, such as n: a choice shows all of its values side
  /// by side.
  bool detail = false;
};

/// Calls `visit(dimension, value)` for every dimension and what `key` has in
/// it, as Json, details last. The page's scripts walk this list, so that a new
/// part of the key needs no change in them.
template <typename Visitor>
void ForEachDimension(const GroupKey& key, Visitor&& visit) {
  visit(Dimension{"host", "host"}, Json(key.host));
  visit(Dimension{"cores", "usable cores"}, Json(key.usable_cores));
  ForEachKey(key, [&visit](const KeyPart& part, const auto& field) {
    // All groups are of one family, and GroupOf has dropped the variant.
    const bool is_name = part.role == KeyRole::kName &&
                         part.column != "family" && part.column != "variant";
    if (!is_name && part.role != KeyRole::kOption) return;
    const bool always = is_name || !part.told.empty();
    visit(Dimension{part.label, part.label, always}, KeyJson(field));
  });
  visit(Dimension{"blas_version", "BLAS version"}, Json(key.blas_version));
  ForEachKey(key, [&visit](const KeyPart& part, const auto& field) {
    if (part.role != KeyRole::kAlways) return;
    visit(Dimension{part.label, part.label, true, true}, KeyJson(field));
  });
}

/// All dimensions, for the page's data: the members of Dimension, and
/// `meaning`, what the values mean, empty where that needs no words.
Json DimensionsJson();

/// What `key` has in each dimension, by the dimension's key.
JsonObject DimensionValuesJson(const GroupKey& key);

/// The details of `key`: "n=256 batch=32".
std::string DetailText(const GroupKey& key);

/// Whether the groups of `a` and `b` belong to one choice: these keys have the
/// same values in all dimensions that are no details.
bool DifferInDetailsAlone(const GroupKey& a, const GroupKey& b);

}  // namespace hybrid

#endif  // HYBRID_REPORT_DIMENSIONS_H_
