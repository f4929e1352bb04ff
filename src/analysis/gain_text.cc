#include "analysis/gain_text.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "analysis/format_units.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

std::string GainItem(const Gain& gain) {
  std::string note = gain.split == Split{1, 1} ? "" : gain.base;
  const auto add_note = [&note](std::string_view text) {
    if (!note.empty()) note += ", ";
    note += text;
  };
  std::string value;
  switch (gain.kind) {
    case Gain::Kind::kMeasured:
      value = FormatRatio(gain.ratio);
      break;
    case Gain::Kind::kMoreThan:
      value = "> " + FormatRatio(gain.ratio);
      add_note("capped");
      break;
    case Gain::Kind::kByRate:
      value = FormatRatio(gain.ratio);
      add_note("capped, by rate");
      break;
    case Gain::Kind::kNotMeasured:
    case Gain::Kind::kDisturbed:
    case Gain::Kind::kFailed:
      break;
  }
  const std::string base =
      SplitText(gain.split) + (note.empty() ? "" : " (" + note + ")");
  if (gain.kind == Gain::Kind::kNotMeasured) return base + " not measured";
  if (gain.kind == Gain::Kind::kDisturbed) return base + " disturbed";
  if (gain.kind == Gain::Kind::kFailed) return base + " failed";
  return value + " over " + base;
}

std::string PaysOffText(const Answer& answer) {
  if (!answer.break_even) return {};
  const SplitResult& best = *answer.best();
  std::vector<std::string> items = {
      (*answer.break_even == 1
           ? std::string("from the first task on")
           : fmt::format("from {} tasks on", *answer.break_even)) +
      fmt::format(", start-up included ({} starts in {})",
                  SplitText(best.split),
                  FormatSeconds(*best.evidence.start_s))};
  if (best.cause) items.push_back(best.cause->text);
  return FormatItems("pays off", items);
}

}  // namespace

std::string GainText(const Answer& answer) {
  const SplitResult* const best = answer.best();
  if (best == nullptr) return {};
  if (answer.splits.size() == 1) {
    return FormatItems("gain", {"unknown: no other split was measured"});
  }
  std::vector<std::string> gains;
  for (const Gain& gain : answer.gains) {
    if (gain.split != best->split) gains.push_back(GainItem(gain));
  }
  for (const Gain& gain : answer.gains) {
    if (gain.split == best->split && best->split != Split{1, 1}) {
      gains.push_back("it is " + gain.base + " itself");
    }
  }
  if (gains.empty()) {
    gains.push_back("none: on one core every rule of thumb is " +
                    SplitText(best->split));
  }
  return FormatItems("gain", gains) + PaysOffText(answer);
}

}  // namespace hybrid
