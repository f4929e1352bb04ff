#include "report/group_json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/advice.h"
#include "analysis/chunk_advice.h"
#include "analysis/format_units.h"
#include "analysis/gain.h"
#include "analysis/gain_text.h"
#include "analysis/paste_text.h"
#include "analysis/pooled_rows.h"
#include "analysis/split_result.h"
#include "analysis/usual_defaults.h"
#include "base/json.h"
#include "key/key.h"
#include "key/key_text.h"
#include "report/against_best.h"
#include "report/cell_text.h"
#include "report/dimensions.h"
#include "report/split_json.h"
#include "search/statement_text.h"

namespace hybrid {
namespace {

Json GainCell(const Answer& answer, const Gain& gain) {
  if (answer.best() != nullptr && gain.split == answer.best()->split) {
    return {{"text", "is best"}, {"dim", true}};
  }
  const auto figure = GainFigure(gain);
  return {{"text", figure.value_or(WhyNoGain(gain))}, {"dim", !figure}};
}

/// One cell for each of kGainBases, whether the answer has a gain over it or
/// not.
JsonArray GainCells(const Answer& answer) {
  JsonArray cells;
  for (std::size_t i = 0; i < kGainBases.size(); ++i) {
    cells.push_back(i < answer.gains.size()
                        ? GainCell(answer, answer.gains[i])
                        : Json{{"text", kNothing}, {"dim", true}});
  }
  return cells;
}

/// From where on the best split repays the start of its workers; empty if it
/// doesn't, or that was not measured.
std::string PaysOff(const Answer& answer) {
  if (!answer.break_even) return {};
  return *answer.break_even == 1 ? "first task"
                                 : fmt::format("{} tasks", *answer.break_even);
}

/// Why to use the recommended split, which there has to be: what goes on behind
/// the advice's lead.
std::string AdviceText(const Answer& answer) {
  const SplitResult& best = *answer.best();
  const SplitResult& use = *answer.recommended();
  std::string text;
  if (&use != &best) {
    text += fmt::format(", which ties with {} and is not oversubscribed",
                        SplitText(best.split));
  }
  const auto figure =
      answer.gains.empty() ? std::nullopt : GainFigure(answer.gains.front());
  if (&best == answer.single()) {
    text += ", no other split is faster";
  } else if (figure) {
    text += fmt::format(". {} is {} as fast as 1×1", SplitText(best.split),
                        *figure);
  }
  if (answer.break_even) {
    text += fmt::format("; it pays off from {}{} on, start-up included",
                        *answer.break_even == 1 ? "the " : "", PaysOff(answer));
  }
  if (answer.ranked_by_rate) {
    text += ". No split completed: ranked by the rate reached";
  }
  if (const std::string unverified = UnverifiedText(answer);
      !unverified.empty()) {
    text += fmt::format("; {}", unverified);
  }
  return text + '.';
}

/// Which split to use: `lead`, the part that stands out, and `text`, the rest.
Json AdviceJson(const Answer& answer, const TrustVerdict& trust, bool has_use) {
  const std::string details = DetailText(answer.key);
  const SplitResult* const use = answer.recommended();
  if (use == nullptr) {
    return {{"lead", ""}, {"text", details + ": no split could be ranked."}};
  }
  if (trust.trust == Trust::kNone) {
    return {{"lead", ""},
            {"text", fmt::format("{}: no split can be recommended: {}.",
                                 details, trust.reason)}};
  }
  if (const SplitResult* const other = PossiblyBest(answer, answer)) {
    return {
        {"lead", ""},
        {"text", fmt::format("{}: {} may be the fastest, but was {}.", details,
                             SplitText(other->split), NoVerdictText(*other))}};
  }
  const std::string lead =
      has_use ? fmt::format("{}: use {}", details, SplitText(use->split))
              : fmt::format("{}: {} is fastest", details,
                            SplitText(answer.best()->split));
  return {{"lead", lead}, {"text", AdviceText(answer)}};
}

/// What stands below the lines to use: what launchers choose by default, and
/// how many tasks to give a pool at once.
std::vector<std::string> Notes(const Answer& answer) {
  std::vector<std::string> notes;
  const std::vector<std::string> defaults = UsualDefaultsItems(answer);
  if (!defaults.empty()) {
    notes.push_back(
        fmt::format("Usual defaults: {}.", fmt::join(defaults, " · ")));
  }
  const std::string chunks = ChunkSentence(answer);
  if (!chunks.empty()) notes.push_back(chunks + '.');
  return notes;
}

/// The index of `split` among the answer's, or null if it is null.
Json PlaceJson(const Answer& answer, const SplitResult* split) {
  if (split == nullptr) return nullptr;
  return split - answer.splits.data();
}

}  // namespace

Json GroupJson(const Answer& answer, std::size_t machine,
               const Choice& choice) {
  JsonArray splits;
  for (const SplitResult& result : answer.splits) {
    splits.push_back(SplitJson(answer, result, choice.has_flops));
  }
  const bool trusted = choice.trust.trust != Trust::kNone &&
                       PossiblyBest(answer, answer) == nullptr;
  const SplitResult* const recommended =
      trusted ? answer.recommended() : nullptr;
  std::vector<std::string> use;
  if (trusted && HasChoice(answer)) {
    use = PasteLines(*recommended, Launcher::kShell, {}, answer.key);
  }
  const std::string pays_off = PaysOff(answer);
  JsonObject json = {
      {"machine", machine},
      {"usable_cores", answer.key.usable_cores},
      {"values", DimensionValuesJson(answer.key)},
      {"details", DetailText(answer.key)},
      {"best", PlaceJson(answer, answer.best())},
      {"recommended", PlaceJson(answer, recommended)},
      {"advice", AdviceJson(answer, choice.trust, !use.empty())},
      {"use", JsonArrayOf(use)},
      {"notes", JsonArrayOf(Notes(answer))},
      {"gains", GainCells(answer)},
      {"pays_off", pays_off.empty() ? std::string(kNothing) : pays_off},
      {"splits", std::move(splits)}};
  if (answer.launched) {
    json["searched"] = IsSearched(answer);
    json["statement"] = JsonArrayOf(StatementText(
        answer.launched->statement, answer.launched->circumstances));
  }
  return json;
}

}  // namespace hybrid
