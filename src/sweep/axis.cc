#include "sweep/axis.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/contains.h"
#include "base/flag_error.h"
#include "base/parse_number.h"

namespace hybrid {
namespace {

constexpr std::size_t kMaxValues = 10000;

[[noreturn]] void Refuse(const AxisRule& rule, std::string_view text,
                         std::string_view cause) {
  throw FlagError(fmt::format(
      "{}={}: {}; takes whole numbers from 1 to {}, as in 64,256 or "
      "64:2048:*2 or 1:8:+1{}",
      rule.flag, text, cause, rule.max, rule.allows_auto ? " or auto" : ""));
}

class AxisParser {
 public:
  AxisParser(const AxisRule& rule, std::string_view text)
      : rule_(rule), text_(text) {}

  Axis Parse() {
    if (text_ == "auto" && rule_.allows_auto) return {.is_auto = true};
    for (const std::string_view item : SplitList(text_)) AddItem(item);
    return std::move(axis_);
  }

 private:
  void AddItem(std::string_view item) {
    const std::size_t first = item.find(':');
    if (first == std::string_view::npos) return Add(Value(item));
    const std::size_t second = item.find(':', first + 1);
    if (second == std::string_view::npos || second + 2 > item.size()) {
      Refuse(rule_, text_, fmt::format("'{}' is not from:to:step", item));
    }
    AddRange(item, Value(item.substr(0, first)),
             Value(item.substr(first + 1, second - first - 1)),
             item[second + 1], item.substr(second + 2));
  }

  void AddRange(std::string_view item, std::uint64_t from, std::uint64_t to,
                char kind, std::string_view step_text) {
    const std::optional<std::uint64_t> step =
        ParseNumber<std::uint64_t>(step_text);
    const bool geometric = kind == '*';
    if ((!geometric && kind != '+') || !step || *step < (geometric ? 2U : 1U)) {
      Refuse(
          rule_, text_,
          fmt::format("the step of '{}' is neither *2 or more nor +1 or more",
                      item));
    }
    if (from > to) {
      Refuse(rule_, text_, fmt::format("'{}' runs backwards", item));
    }
    for (std::uint64_t value = from;;) {
      Add(value);
      // Compared by division and difference: the next value may not fit.
      if (geometric ? value > to / *step : *step > to - value) break;
      value = geometric ? value * *step : value + *step;
    }
  }

  std::uint64_t Value(std::string_view text) const {
    if (text.empty()) Refuse(rule_, text_, "a value is empty");
    const std::optional<std::uint64_t> value = ParseNumber<std::uint64_t>(text);
    if (!value) {
      Refuse(rule_, text_,
             fmt::format("'{}' is not a whole number in range", text));
    }
    if (*value < 1 || *value > rule_.max) {
      Refuse(rule_, text_, fmt::format("{} is out of range", *value));
    }
    return *value;
  }

  void Add(std::uint64_t value) {
    if (Contains(axis_.values, value)) {
      Refuse(rule_, text_, fmt::format("{} is given twice", value));
    }
    if (axis_.values.size() == kMaxValues) {
      Refuse(rule_, text_, fmt::format("more than {} values", kMaxValues));
    }
    axis_.values.push_back(value);
  }

  const AxisRule& rule_;
  std::string_view text_;
  Axis axis_;
};

}  // namespace

Axis ParseAxis(const AxisRule& rule, std::string_view text) {
  return AxisParser(rule, text).Parse();
}

std::vector<std::string_view> SplitList(std::string_view text) {
  std::vector<std::string_view> items;
  for (std::size_t begin = 0;;) {
    const std::size_t comma = text.find(',', begin);
    items.push_back(text.substr(begin, comma - begin));
    if (comma == std::string_view::npos) return items;
    begin = comma + 1;
  }
}

}  // namespace hybrid
