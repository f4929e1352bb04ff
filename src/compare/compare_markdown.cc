#include "compare/compare_markdown.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "base/text.h"
#include "compare/gate.h"
#include "compare/output_parts.h"

namespace hybrid {
namespace {

/// `text` in one line that Markdown shows as it is, in a table's cell or
/// outside: nothing in it is markup, and it mentions no person or issue.
std::string EscapedMarkdown(std::string_view text) {
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

using ConfigurationList = std::vector<const ComparedConfiguration*>;

std::string MarkdownHead(std::string_view what) {
  return fmt::format(
      "| {} | baseline | new | ratio [95 %] | p | verdict | |\n"
      "| --- | ---: | ---: | --- | ---: | --- | --- |\n",
      what);
}

std::string MarkdownLine(const std::string& name,
                         const ComparedConfiguration& c) {
  return fmt::format(
      "| {} | {} | {} | {} | {} | {} | {} |\n", EscapedMarkdown(name),
      EscapedMarkdown(SideText(c.baseline)), EscapedMarkdown(SideText(c.now)),
      EscapedMarkdown(ChangeRatioText(c)),
      EscapedMarkdown(ProbabilityText(c.adjusted_p)),
      EscapedMarkdown(Name(c.change)), EscapedMarkdown(ReasonText(c)));
}

std::string MarkdownTable(std::string_view noun,
                          const ConfigurationList& configurations) {
  std::string text = MarkdownHead(noun);
  for (const ComparedConfiguration* const c : configurations) {
    text += MarkdownLine(NameText(*c), *c);
  }
  return text;
}

std::string BestTimesTable(const Comparison& comparison) {
  if (comparison.best_times.empty()) return {};
  std::string text = MarkdownHead("best split's time");
  for (const BestTime& best : comparison.best_times) {
    text += MarkdownLine(fmt::format("{} {}", GroupText(best), BestsText(best)),
                         best.times);
  }
  return text + '\n';
}

std::string Headline(const Comparison& comparison,
                     const std::optional<Gate>& gate) {
  const std::string compared = ComparedText(comparison, comparison.in_common());
  const std::size_t regressions = comparison.regressions();
  if (regressions > 0) {
    return fmt::format("{} of {} regressed", regressions, compared);
  }
  if (comparison.slower_bests() > 0) {
    return fmt::format("The best split takes longer in {} of {}",
                       comparison.slower_bests(),
                       Counted(comparison.best_times.size(), "group"));
  }
  const std::size_t decided = comparison.decided();
  if (decided == 0 && comparison.decided_bests() > 0 &&
      !(gate && gate->verdict == GateVerdict::kUndecided)) {
    return fmt::format("The best split takes no longer in {}",
                       DecidedBestsText(comparison));
  }
  if (decided == 0) {
    return fmt::format("Undecided: nothing can be told of {}", compared);
  }
  if (gate && gate->verdict == GateVerdict::kUndecided) {
    return "Undecided: not all of the baseline can be told";
  }
  const std::size_t faster = comparison.Count(Change::kFaster);
  if (faster > 0) {
    return fmt::format("No regression, {} of {} faster", faster, compared);
  }
  return fmt::format("No regression found in {}", DecidedText(comparison));
}

}  // namespace

std::string CompareMarkdown(const Comparison& comparison,
                            const OutputSettings& settings) {
  ConfigurationList changed;
  ConfigurationList rest;
  for (const ComparedConfiguration& c : comparison.configurations) {
    const bool shown = c.change == Change::kSlower ||
                       c.change == Change::kFailed ||
                       c.change == Change::kFaster;
    (shown ? changed : rest).push_back(&c);
  }
  std::string text =
      fmt::format("### {}\n\n", Headline(comparison, settings.gate));
  text += EscapedMarkdown(CountsText(comparison)) + ".\n\n";
  for (const Difference& difference : comparison.differences) {
    if (difference.weight == Weight::kInformation) continue;
    text += fmt::format(
        "- **{}** {}\n",
        difference.weight == Weight::kRefused ? "Not comparable:" : "Note:",
        EscapedMarkdown(DifferenceText(difference)));
  }
  for (const BestSplitChange& change : comparison.best_splits) {
    text += fmt::format("- {}\n", EscapedMarkdown(BestSplitText(change)));
  }
  // A table that follows a list without a blank line would belong to it.
  if (!text.ends_with("\n\n")) text += '\n';
  if (!changed.empty())
    text += MarkdownTable(comparison.noun(), changed) + '\n';
  if (!rest.empty()) {
    text += fmt::format("<details><summary>The other {}</summary>\n\n{}\n",
                        ComparedText(comparison, rest.size()),
                        MarkdownTable(comparison.noun(), rest));
    text += "</details>\n\n";
  }
  text += BestTimesTable(comparison);
  const std::string left_out = LeftOutText(comparison);
  const std::string disturbed = DisturbedText(comparison);
  text +=
      fmt::format("<sub>baseline {} ({}); new {} ({}); {}{}{}{}{}</sub>\n",
                  EscapedMarkdown(settings.baseline),
                  EscapedMarkdown(IdentityText(comparison.baseline)),
                  EscapedMarkdown(settings.now),
                  EscapedMarkdown(IdentityText(comparison.now)),
                  EscapedMarkdown(ThresholdText(comparison)),
                  left_out.empty() ? "" : "; ", EscapedMarkdown(left_out),
                  disturbed.empty() ? "" : "; ", EscapedMarkdown(disturbed));
  if (settings.gate) {
    text += fmt::format("\n{}\n", EscapedMarkdown(settings.gate->line));
  }
  return text;
}

}  // namespace hybrid
