#include "analysis/screen_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>

#include "analysis/advice.h"
#include "analysis/engines.h"
#include "analysis/format_units.h"
#include "analysis/hosts.h"
#include "analysis/libraries.h"
#include "analysis/paste_text.h"
#include "analysis/screen_table.h"
#include "analysis/trust.h"
#include "analysis/usual_defaults.h"
#include "analysis/ways.h"
#include "base/contains.h"
#include "base/text.h"
#include "key/key_text.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t kMostGroups = 12;
/// Lines of ANSWER: who has more rules than fit finds them with --why.
constexpr std::size_t kMostAnswerLines = 6;
constexpr std::size_t kMostContestLines = 4;
/// Of one contest among several.
constexpr std::size_t kMostLinesOfOne = 2;
/// Lines of LIBRARY where there are several contests.
constexpr std::size_t kMostLibraryLines = 6;

/// A way, and what to use in it.
struct WayAdvice {
  const Way* way = nullptr;
  std::string label;  ///< WayText
  Advice advice;
};

/// The advice for what computes something: the harness's own cost says nothing
/// about a split's worth.
std::vector<WayAdvice> AdviceOf(std::span<const Way> ways) {
  std::vector<WayAdvice> all;
  for (const Way& way : ways) {
    if (ComputesNothing(way.operation)) continue;
    all.push_back({&way, WayText(way, ways), FewestRules(way.answers)});
  }
  return all;
}

/// What the advice gains over one base, over all its groups.
struct GainRange {
  double least = std::numeric_limits<double>::infinity();
  double most = 0;
  bool bounded = false;   ///< `most` is a lower bound: the base was capped
  std::size_t gains = 0;  ///< groups in which the base loses
  std::size_t known = 0;  ///< groups in which it has a verdict
};

GainRange RangeOfGains(const Advice& advice, std::size_t base) {
  GainRange spread;
  for (const AdviceRule& rule : advice.rules) {
    for (const Answer* group : rule.groups) {
      if (base >= group->gains.size()) continue;
      const Gain& gain = group->gains[base];
      if (gain.kind == Gain::Kind::kTie || gain.split == group->best()->split ||
          gain.split == rule.split) {
        ++spread.known;
        continue;
      }
      if (gain.kind != Gain::Kind::kMeasured &&
          gain.kind != Gain::Kind::kMoreThan) {
        continue;
      }
      ++spread.known;
      ++spread.gains;
      // The advice may be a tie that is a little slower than the best.
      const SplitResult* const used = group->Find(rule.split);
      const double ratio = gain.ratio / used->slowdown.value_or(1);
      spread.least = std::min(spread.least, ratio);
      if (ratio <= spread.most) continue;
      spread.most = ratio;
      spread.bounded = gain.kind == Gain::Kind::kMoreThan;
    }
  }
  return spread;
}

/// "1.06× to 1.97× over 1×1 in 5 of 6" groups; empty if nothing is known.
std::string GainRangeText(const Advice& advice, std::size_t base,
                          const std::string& name, std::size_t groups) {
  const GainRange spread = RangeOfGains(advice, base);
  if (spread.known == 0) return {};
  const auto in = [groups](std::size_t count) {
    return count == groups ? std::string()
                           : fmt::format(" in {} of {}", count, groups);
  };
  if (spread.gains == 0) return "no gain over " + name + in(spread.known);
  std::string range = FormatRatio(spread.most);
  const std::string least = FormatRatio(spread.least);
  const std::string lead = least == range ? "" : least + " to ";
  if (spread.bounded) range = "> " + range;
  return lead + range + " over " + name + in(spread.gains);
}

/// What the advice gains over the usual rules of thumb.
std::string GainsText(const WayAdvice& way) {
  std::size_t groups = 0;
  for (const AdviceRule& rule : way.advice.rules) groups += rule.groups.size();
  if (groups == 0) return {};
  // Each group has gains over the same bases.
  const Answer& first = *way.advice.rules.front().groups.front();
  const std::vector<Gain>& gains = first.gains;
  Lines parts;
  for (std::size_t i = 0; i < gains.size(); ++i) {
    const Split& base = gains[i].split;
    const bool own =
        way.advice.rules.size() == 1 && way.advice.rules[0].split == base;
    // Of one's own program one may know who would have chosen the split.
    const std::string chooser =
        first.key.runs_command() ? UsualChooser(first, base) : "";
    const bool is_one =
        base.workers == 1 && base.blas_threads == 1 && base.host_count == 1;
    std::string text;
    if (!own) {
      std::string name = SplitText(base);
      if (!chooser.empty() && !is_one) name += fmt::format(" ({})", chooser);
      text = GainRangeText(way.advice, i, name, groups);
    } else if (!chooser.empty() && !is_one) {
      text = fmt::format("that of {}", chooser);
    }
    if (!text.empty()) parts.push_back(std::move(text));
  }
  return fmt::format("{}", fmt::join(parts, " · "));
}

/// How much ANSWER says of each way, the most first.
enum class Detail {
  kGains,   ///< a line for each rule, and what it gains
  kRules,   ///< a line for each rule
  kSplits,  ///< all rules in a line, their splits without words
};

/// What ANSWER says of one way.
struct AnswerItem {
  std::string label;
  Lines texts;  ///< each behind the label
  std::string gains;
};

AnswerItem ItemOf(const WayAdvice& way, Detail detail) {
  const Advice& advice = way.advice;
  AnswerItem item{way.label, {}, {}};
  if (advice.rules.empty()) {
    item.texts.emplace_back(advice.doubted.empty()
                                ? "none: fewer than two splits were measured"
                                : "none: the fastest may have been disturbed");
    return item;
  }
  for (const AdviceRule& rule : advice.rules) {
    if (detail == Detail::kSplits) {
      const std::string where = WhereText(rule, advice);
      item.texts.push_back(fmt::format(
          "{}{}{}", where, where.empty() ? "" : ": ", SplitText(rule.split)));
    } else {
      item.texts.push_back(RuleText(rule, advice));
    }
  }
  if (detail == Detail::kSplits) {
    item.texts = {fmt::format("{}", fmt::join(item.texts, "; "))};
  }
  if (detail == Detail::kGains) item.gains = GainsText(way);
  if (!advice.unranked.empty()) {
    item.texts.push_back(
        fmt::format("fewer than two splits were measured in {}",
                    Counted(advice.unranked.size(), "other group")));
  }
  if (!advice.doubted.empty()) {
    item.texts.push_back(
        fmt::format("not known in {}: the fastest may have been disturbed",
                    Counted(advice.doubted.size(), "other group")));
  }
  return item;
}

/// Makes one of those that say the same.
void JoinItems(std::vector<AnswerItem>& items) {
  std::vector<AnswerItem> joined;
  for (AnswerItem& item : items) {
    const auto same = std::find_if(
        joined.begin(), joined.end(),
        [&item](const AnswerItem& one) { return one.texts == item.texts; });
    if (same == joined.end()) {
      joined.push_back(std::move(item));
    } else {
      same->label += fmt::format("; {}", item.label);
    }
  }
  items = std::move(joined);
}

/// `text` behind a label of the screen, in as many lines as it takes.
Lines Section(std::string_view label, std::string_view text) {
  Lines lines;
  const std::string all =
      FormatParagraph(fmt::format("{:<8}", label), text, kScreenColumns);
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = all.find('\n', begin);
    lines.push_back(all.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

void Add(Lines& lines, const Lines& more) {
  lines.insert(lines.end(), more.begin(), more.end());
}

/// ANSWER with all that is to be said of `ways`, in that detail; what says the
/// same in one, unless the gains are told too.
Lines AllAnswerLines(std::span<const WayAdvice> ways, Detail detail) {
  std::vector<AnswerItem> items;
  for (const WayAdvice& way : ways) items.push_back(ItemOf(way, detail));
  if (detail != Detail::kGains) JoinItems(items);
  Lines lines;
  for (const AnswerItem& item : items) {
    for (const std::string& text : item.texts) {
      Add(lines, Section(lines.empty() ? "ANSWER" : "",
                         item.label.empty()
                             ? text
                             : fmt::format("{}: {}", item.label, text)));
    }
    if (!item.gains.empty()) Add(lines, Section("", item.gains));
  }
  return lines;
}

/// The first of `lines` that leave room to say how many are not shown.
Lines CutLines(Lines lines, std::size_t most) {
  if (lines.size() <= most) return lines;
  const std::size_t kept = most > 1 ? most - 1 : 0;
  const std::string more = fmt::format("and {} more: see --why",
                                       Counted(lines.size() - kept, "line"));
  lines.resize(kept);
  Add(lines, Section("", more));
  return lines;
}

/// ANSWER in as much detail as fits.
Lines AnswerLines(std::span<const WayAdvice> ways, const TrustVerdict& trust) {
  if (trust.trust == Trust::kNone) {
    return Section("ANSWER", "no split can be recommended: see TRUST");
  }
  if (ways.empty()) {
    return Section("ANSWER", "none: the tasks compute nothing");
  }
  Lines lines;
  for (const Detail detail :
       {Detail::kGains, Detail::kRules, Detail::kSplits}) {
    lines = AllAnswerLines(ways, detail);
    if (lines.size() <= kMostAnswerLines) return lines;
    // One way has no others that the shorter forms would make room for.
    if (ways.size() == 1) break;
  }
  return CutLines(std::move(lines), kMostAnswerLines);
}

/// One contest in at most so many lines: it names as many libraries as fit.
Lines ContestSection(std::string_view title, const std::string& label,
                     const LibraryContest& contest, std::size_t most) {
  Lines lines;
  for (std::size_t others = contest.size() - 1;; --others) {
    const std::string text = ContestText(contest, others);
    lines = Section(title,
                    label.empty() ? text : fmt::format("{}: {}", label, text));
    if (lines.size() <= most || others == 0) return lines;
  }
}

/// The contests with the same best library in one section each.
Lines JoinedContestLines(std::span<const LibraryContest> contests,
                         std::span<const std::string> labels) {
  Lines winners;
  std::vector<std::vector<LibraryContest>> joined;
  Lines joined_labels;
  for (std::size_t i = 0; i < contests.size(); ++i) {
    const std::string winner = WinnerText(contests[i]);
    const auto same = std::find(winners.begin(), winners.end(), winner);
    const auto place = static_cast<std::size_t>(same - winners.begin());
    if (same == winners.end()) {
      winners.push_back(winner);
      joined.emplace_back();
      joined_labels.push_back(labels[i]);
    } else {
      joined_labels[place] += fmt::format("; {}", labels[i]);
    }
    joined[place].push_back(contests[i]);
  }
  Lines lines;
  for (std::size_t i = 0; i < joined.size(); ++i) {
    Add(lines, Section(lines.empty() ? "LIBRARY" : "",
                       fmt::format("{}: {}", joined_labels[i],
                                   JoinedContestText(joined[i]))));
  }
  return lines;
}

/// Which library is the fastest, for each operation.
Lines ContestLines(std::span<const LibraryContest> contests) {
  if (contests.empty()) return {};
  if (contests.size() == 1) {
    return ContestSection("LIBRARY", "", contests.front(), kMostContestLines);
  }
  const std::vector<std::string> labels = ContestLabels(contests);
  Lines lines;
  for (std::size_t i = 0; i < contests.size(); ++i) {
    Add(lines, ContestSection(i == 0 ? "LIBRARY" : "", labels[i], contests[i],
                              kMostLinesOfOne));
  }
  if (lines.size() > kMostLibraryLines) {
    lines = JoinedContestLines(contests, labels);
  }
  return CutLines(std::move(lines), kMostLibraryLines);
}

/// How the engines fare against each other, for each way.
Lines EngineLines(std::span<const Way> ways) {
  Lines lines;
  for (const Way& way : ways) {
    if (ComputesNothing(way.operation)) continue;
    const std::string label = WayText(way, ways);
    const auto told = [&](WithCauses causes) {
      const std::string text = EnginesText(way.answers, causes);
      if (text.empty()) return Lines();
      return Section(lines.empty() ? "ENGINE" : "",
                     label.empty() ? text : fmt::format("{}: {}", label, text));
    };
    Lines more = told(WithCauses::kYes);
    if (lines.size() + more.size() > kMostContestLines) {
      more = told(WithCauses::kNo);
    }
    if (lines.size() + more.size() > kMostContestLines) break;
    Add(lines, more);
  }
  return lines;
}

/// What several hosts are worth, for each way.
Lines HostLines(std::span<const Way> ways) {
  Lines lines;
  for (const Way& way : ways) {
    const std::optional<HostsVerdict> verdict = CompareHosts(way.answers);
    if (!verdict) continue;
    const std::string label = WayText(way, ways);
    const std::string text = HostsText(*verdict);
    const Lines more =
        Section(lines.empty() ? "HOSTS" : "",
                label.empty() ? text : fmt::format("{}: {}", label, text));
    if (lines.size() + more.size() > kMostContestLines) break;
    Add(lines, more);
  }
  return lines;
}

/// The slowest of what was measured, over all groups.
Lines AvoidLines(std::span<const Answer> answers, std::span<const Way> ways) {
  const Answer* worst_of = nullptr;
  const auto slowness = [](const Answer& answer) {
    return answer.worst()->slowdown.value_or(
        std::numeric_limits<double>::infinity());
  };
  for (const Answer& answer : answers) {
    if (answer.worst() == nullptr || ComputesNothing(answer.key.operation)) {
      continue;
    }
    if (worst_of == nullptr || slowness(answer) > slowness(*worst_of)) {
      worst_of = &answer;
    }
  }
  if (worst_of == nullptr) return {};
  const SplitResult& worst = *worst_of->worst();
  std::string why;
  if (worst.cause) {
    // The cause's name; its evidence is for --why.
    why = ": " + worst.cause->text.substr(0, worst.cause->text.find(": "));
  }
  return Section(
      "AVOID",
      fmt::format("{} ({} takes {}{}){}", SplitText(worst.split),
                  GroupName(*worst_of, ways),
                  worst.slowdown ? FormatRatio(*worst.slowdown) + " the time"
                                 : std::string("too long for a single task"),
                  worst.verdict == Verdict::kCapped ? ", by its rate" : "",
                  why));
}

/// The lines to paste for the rule of the largest matrices, of the first way
/// that has a choice.
Lines PasteBlock(std::span<const WayAdvice> ways, const TrustVerdict& trust,
                 const std::vector<std::string>& stray) {
  if (trust.trust == Trust::kNone) return {};
  for (const WayAdvice& way : ways) {
    if (way.advice.rules.empty()) continue;
    const AdviceRule& rule = way.advice.rules.back();
    const Answer& group = *rule.groups.back();
    Lines lines = ShortPasteLines(*group.Find(rule.split), stray, group.key);
    std::vector<std::string> about;
    if (!way.label.empty()) about.push_back(way.label);
    const std::string where = WhereText(rule, way.advice);
    if (!where.empty()) about.push_back(where);
    std::string of =
        about.empty() ? "" : fmt::format(", for {}", fmt::join(about, ", "));
    if (rule.split.host_count > 1 && !group.key.is_whole())
      of += "; lines of one host";
    // In words if they fit.
    for (const std::string& split :
         {SplitWords(rule.split), SplitText(rule.split)}) {
      lines[0] = OneLine(fmt::format("PASTE   # {}{}", split, of));
      if (DisplayWidth(lines[0]) <= kScreenColumns) return lines;
    }
    lines[0] =
        "PASTE   # " + SplitWords(rule.split) + ", the first of the above";
    return lines;
  }
  return {};
}

std::string MoreText(std::size_t hidden, const ScreenSettings& settings,
                     const TrustVerdict& trust) {
  const std::string& file = settings.file;
  /// Longer names, and several, are to be seen in FILE.
  constexpr std::size_t kMostColumns = 40;
  const bool fits = !file.empty() && file.size() <= kMostColumns &&
                    file.find(' ') == std::string::npos;
  return fmt::format("{}causes, kernels, ties: hybrid-answer --why {}{}",
                     hidden > 0 ? fmt::format("{} not shown · ",
                                              Counted(hidden, "group"))
                                : std::string(),
                     fits ? file : "FILE",
                     trust.trust == Trust::kNone
                         ? ""
                         : " · other rules and launchers: "
                           "--paste=shell|python|joblib|torch|dask|slurm|mpi") +
         (settings.hint.empty() ? "" : " · " + settings.hint);
}

std::string Styled(const Lines& lines) {
  constexpr std::string_view kBold = "\033[1m";
  constexpr std::string_view kPlain = "\033[0m";
  std::string text;
  for (const std::string& line : lines) {
    const bool labelled = !line.empty() && line[0] >= 'A' && line[0] <= 'Z';
    const std::size_t label = labelled ? line.find(' ') : 0;
    text += labelled ? fmt::format(
                           "{}{}{}{}\n", kBold, line.substr(0, label), kPlain,
                           label == std::string::npos ? "" : line.substr(label))
                     : line + '\n';
  }
  return text;
}

}  // namespace

std::string ScreenText(std::span<const Answer> answers,
                       const ScreenSettings& settings) {
  if (answers.empty()) {
    return "No results of the family Hybrid: there is nothing to answer.\n";
  }
  const std::vector<Way> all = FindWays(answers);
  const std::vector<LibraryContest> contests = CompareLibraries(all);
  // What other libraries do is for --why.
  const std::vector<Way> ways = WithBestLibraries(all, contests);
  const std::vector<WayAdvice> advice = AdviceOf(ways);
  const TrustVerdict trust = JudgeTrust(answers);
  Lines head = AnswerLines(advice, trust);
  if (trust.trust != Trust::kNone) {
    Add(head, ContestLines(contests));
    Add(head, EngineLines(ways));
    Add(head, HostLines(ways));
  }
  Add(head,
      Section("TRUST", fmt::format("{}: {}", Name(trust.trust), trust.reason)));
  if (trust.trust != Trust::kNone) Add(head, AvoidLines(answers, all));
  if (!settings.not_run.empty()) {
    Add(head, Section("SKIPPED", settings.not_run));
  }
  Lines tail = PasteBlock(advice, trust, settings.stray);
  Lines file;
  if (!settings.file.empty()) file = {"FILE    " + settings.file};
  // As if some were hidden: the lines that this may take are reserved.
  const std::size_t taken =
      head.size() + tail.size() + file.size() +
      Section("MORE", MoreText(answers.size(), settings, trust)).size();
  const ScreenTable table = MakeScreenTable(
      ways, kMostGroups, settings.lines > taken ? settings.lines - taken : 0);
  Lines lines = head;
  Add(lines, table.lines);
  Add(lines, tail);
  Add(lines, Section("MORE",
                     MoreText(answers.size() - table.groups, settings, trust)));
  Add(lines, file);
  if (settings.styled) return Styled(lines);
  return fmt::format("{}\n", fmt::join(lines, "\n"));
}

}  // namespace hybrid
