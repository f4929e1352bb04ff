#include "compare/compare_markdown.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "compare/gate.h"
#include "compare/output_parts.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// `text` as it is meant, in a table's cell or outside: nothing in it is markup
/// and no mention of a person or issue comes of it.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : OneLine(text)) {
    switch (c) {
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '&':
        escaped += "&amp;";
        break;
      case '@':
        escaped += "&#64;";
        break;
      case '#':
        escaped += "&#35;";
        break;
      default:
        if (std::string_view("|`\\*_[]~").find(c) != std::string_view::npos) {
          escaped += '\\';
        }
        escaped += c;
    }
  }
  return escaped;
}

using Some = std::vector<const ComparedConfiguration*>;

std::string Table(const Some& configurations) {
  std::string text =
      "| configuration | baseline | new | ratio [95 %] | p | verdict | |\n"
      "| --- | ---: | ---: | --- | ---: | --- | --- |\n";
  for (const ComparedConfiguration* const c : configurations) {
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n",
                        Escaped(KeyText(c->key, KeyStyle::kShort)),
                        Escaped(SideText(c->baseline)),
                        Escaped(SideText(c->now)), Escaped(ChangeRatioText(*c)),
                        Escaped(ProbabilityText(c->adjusted_p)),
                        Escaped(Name(c->change)), Escaped(ReasonText(*c)));
  }
  return text;
}

std::string Headline(const Comparison& comparison) {
  const std::size_t regressions = comparison.regressions();
  const std::size_t faster = comparison.Count(Change::kFaster);
  if (regressions > 0) {
    return fmt::format("{} of {} regressed", regressions,
                       ConfigurationsText(comparison.in_common()));
  }
  if (faster > 0) {
    return fmt::format("No regression, {} of {} faster", faster,
                       ConfigurationsText(comparison.in_common()));
  }
  return fmt::format("No regression found in {}",
                     ConfigurationsText(comparison.in_common()));
}

}  // namespace

std::string CompareMarkdown(const Comparison& comparison,
                            const OutputSettings& settings) {
  Some changed;
  Some rest;
  for (const ComparedConfiguration& c : comparison.configurations) {
    const bool shown = c.change == Change::kSlower ||
                       c.change == Change::kFailed ||
                       c.change == Change::kFaster;
    (shown ? changed : rest).push_back(&c);
  }
  std::string text = fmt::format("### {}\n\n", Headline(comparison));
  text += Escaped(CountsText(comparison)) + ".\n\n";
  for (const Difference& difference : comparison.differences) {
    if (difference.weight == Weight::kInformation) continue;
    text += fmt::format(
        "- **{}** {}\n",
        difference.weight == Weight::kRefused ? "Not comparable:" : "Note:",
        Escaped(DifferenceText(difference)));
  }
  for (const BestSplitChange& change : comparison.best_splits) {
    text += fmt::format("- {}\n", Escaped(BestSplitText(change)));
  }
  if (text.back() == '\n' && text[text.size() - 2] != '\n') text += '\n';
  if (!changed.empty()) text += Table(changed) + '\n';
  if (!rest.empty()) {
    text += fmt::format("<details><summary>The other {}</summary>\n\n{}\n",
                        ConfigurationsText(rest.size()), Table(rest));
    text += "</details>\n\n";
  }
  const std::string disturbed = DisturbedText(comparison);
  text += fmt::format(
      "<sub>baseline {} ({}); new {} ({}); {}{}{}</sub>\n",
      Escaped(settings.baseline), Escaped(IdentityText(comparison.baseline)),
      Escaped(settings.now), Escaped(IdentityText(comparison.now)),
      Escaped(ThresholdText(comparison)), disturbed.empty() ? "" : "; ",
      Escaped(disturbed));
  if (settings.gate) {
    text += fmt::format("\n{}\n",
                        Escaped(FindGate(comparison, settings.anyway).line));
  }
  return text;
}

}  // namespace hybrid
