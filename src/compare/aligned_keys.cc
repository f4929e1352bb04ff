#include "compare/aligned_keys.h"

#include <optional>
#include <string>
#include <type_traits>

#include "key/key_text.h"

namespace hybrid {
namespace {

/// The values of a part of the key, by its column, as far as all have the same.
using CommonParts = std::map<std::string_view, std::optional<std::string>>;

CommonParts CommonPartsOf(RowRounds rounds) {
  CommonParts common;
  for (const std::vector<Row>& rows : rounds) {
    for (const Row& row : rows) {
      ForEachKey(row, [&common](const KeyPart& part, const auto& field) {
        const std::string value = KeyValue(field);
        const auto [place, is_new] = common.try_emplace(part.column, value);
        if (!is_new && place->second != value) place->second.reset();
      });
    }
  }
  return common;
}

/// Any row; nothing without rows.
const Row* AnyOf(RowRounds rounds) {
  for (const std::vector<Row>& rows : rounds) {
    if (!rows.empty()) return &rows.front();
  }
  return nullptr;
}

}  // namespace

KeyAlignment::KeyAlignment(RowRounds baseline, RowRounds now) {
  const Row* const model = AnyOf(now);
  if (model == nullptr || AnyOf(baseline) == nullptr) return;
  const CommonParts before = CommonPartsOf(baseline);
  const CommonParts after = CommonPartsOf(now);
  ForEachKey(*model, [&](const KeyPart& part, const auto& field) {
    const auto& was = before.at(part.column);
    const auto& is = after.at(part.column);
    if (part.role == KeyRole::kSeed || !was || !is || *was == *is) return;
    values_.emplace(part.column, field);
    differences_.push_back(
        {Weight::kNote, std::string(part.column), *was, *is, ""});
  });
}

Key KeyAlignment::Apply(Key key) const {
  ForEachKey(key, [this](const KeyPart& part, auto& field) {
    const auto value = values_.find(part.column);
    if (value == values_.end()) return;
    field =
        std::any_cast<std::remove_reference_t<decltype(field)>>(value->second);
  });
  return key;
}

}  // namespace hybrid
