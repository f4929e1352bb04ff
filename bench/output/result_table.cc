#include "output/result_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "analysis/evidence.h"
#include "analysis/format_units.h"
#include "analysis/pooled_rows.h"
#include "base/contains.h"
#include "base/text.h"
#include "key/key_text.h"
#include "operation/operation.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// Of the lines, but for count, label and split.
constexpr std::size_t kFigureColumns = 36;
/// Where a program may say what its tasks' flops are: `~12.3 GFLOP/s` in the
/// place of the peak's share.
constexpr std::size_t kPeakColumns = 5;
constexpr std::size_t kProgramsRateColumns = 14;

/// Whether a line has to say `word` even where it is in all of them.
bool IsAlwaysSaid(const std::string& word) {
  return word.starts_with("n=") || word.starts_with("batch=");
}

bool RunsCommand(const Key& key) { return key.runs_command(); }

std::vector<std::string> CommonWords(const std::vector<Key>& keys) {
  if (keys.empty()) return {};
  std::vector<std::string> common =
      WordsOf(KeyText(keys.front(), KeyStyle::kGroup));
  std::erase_if(common, IsAlwaysSaid);
  for (const Key& key : keys) {
    const std::vector<std::string> words =
        WordsOf(KeyText(key, KeyStyle::kGroup));
    std::erase_if(common, [&](const std::string& word) {
      return !Contains(words, word);
    });
  }
  return common;
}

/// Median and spread of the rows' wall times, disturbed or not: no verdict, but
/// what was seen.
void SeenTimes(std::span<const Row> rows, std::string& time,
               std::string& spread) {
  std::vector<double> walls_s;
  for (const Row& row : rows) {
    if (HasTime(row)) walls_s.push_back(TimeOf(row));
  }
  if (walls_s.empty()) return;
  time = FormatSeconds(Median(walls_s).value_or(0));
  const std::optional<double> relative = RelativeSpread(walls_s);
  if (relative) spread = FormatSpread(*relative);
}

/// How a configuration without a time ended, in a few words. Who has no row at
/// all was not run.
std::string ShortEnding(std::span<const Row> rows, const std::string& ending) {
  if (rows.empty()) return ending;
  if (rows.back().status != Status::kCapped) return "failed";
  const Row& row = rows.back();
  return fmt::format("capped: {} of {} tasks in {}", row.tasks_done.value_or(0),
                     row.batch, FormatSeconds(row.wall_s.value_or(0)));
}

/// Wraps what does not fit beside `head`, the begin of a line, below it.
std::string EndingLine(const std::string& head, const std::string& ending) {
  std::string line = fmt::format("{}  {}\n", head, ending);
  if (DisplayWidth(line) <= kScreenColumns + 1) return line;
  const std::size_t colon = ending.find(": ");
  if (colon == std::string::npos) return line;
  return fmt::format("{}  {}\n", head, ending.substr(0, colon)) +
         Labelled("  ", ending.substr(colon + 2));
}

std::string ShareText(const char* name, const std::optional<double>& share) {
  return fmt::format("{} {}", name, share ? FormatPercent(*share) : "unknown");
}

/// What --verbose says of `rows`, a piece each.
std::vector<std::string> Details(std::span<const Row> rows,
                                 const std::string& ending) {
  if (!ending.empty()) return {ending};
  const PooledRows pooled = PoolRows(RowPointers(rows));
  std::vector<std::string> details;
  if (pooled.status == PooledStatus::kDisturbed) {
    details = {"noisy: " + NoVerdictText(pooled)};
  } else if (pooled.median_s) {
    details = {ShareText("load", pooled.evidence.load_share),
               ShareText("operate", pooled.evidence.operate_share),
               ShareText("idle", pooled.evidence.idle_share)};
    for (const std::string& warning : pooled.warnings) {
      details.push_back("noisy: " + warning);
    }
  }
  if (!rows.empty() && rows.front().attempt > 0) {
    details.push_back(fmt::format("attempt {}", rows.front().attempt + 1));
  }
  return details;
}

}  // namespace

ResultTable::ResultTable(const std::vector<Key>& keys, std::size_t count_width,
                         bool verbose)
    : common_(CommonWords(keys)),
      count_width_(count_width),
      verbose_(verbose),
      all_of_commands_(!keys.empty() &&
                       std::all_of(keys.begin(), keys.end(), RunsCommand)) {
  for (const Key& key : keys) {
    label_width_ = std::max(label_width_, DisplayWidth(Label(key)));
    split_width_ = std::max(split_width_, DisplayWidth(SplitText(key.split())));
  }
  if (std::any_of(keys.begin(), keys.end(), RunsCommand)) {
    peak_width_ = kProgramsRateColumns;
  }
  const std::size_t others =
      count_width_ + split_width_ + kFigureColumns + peak_width_ - kPeakColumns;
  label_width_ = std::min(
      label_width_, kScreenColumns > others ? kScreenColumns - others : 0);
}

std::string ResultTable::Header() const {
  return Join({"", "", "split", "time", "spread",
               all_of_commands_ ? "tasks/s" : "GFLOP/s",
               all_of_commands_ ? "" : "peak", ""});
}

std::string ResultTable::Line(const std::string& count, const Key& key,
                              std::span<const Row> rows,
                              const std::string& ending) const {
  Cells cells = HeadOf(count, key);
  const PooledRows pooled = PoolRows(RowPointers(rows));
  std::string text;
  if (!ending.empty()) {
    text = EndingLine(
        fmt::format("{} {} {}", cells.count, cells.label, cells.split),
        ShortEnding(rows, ending));
  } else if (pooled.status == PooledStatus::kDisturbed) {
    SeenTimes(rows, cells.time, cells.spread);
    cells.mark = "!";
    text = Join(cells);
  } else if (pooled.median_s) {
    cells.time = FormatSeconds(*pooled.median_s);
    if (pooled.spread) cells.spread = FormatSpread(*pooled.spread);
    if (key.runs_command() && pooled.tasks_per_s) {
      cells.rate = fmt::format("{}{}", FormatNumber(*pooled.tasks_per_s),
                               all_of_commands_ ? "" : "/s");
      if (pooled.gflops) {
        cells.peak = fmt::format("~{} GFLOP/s", FormatNumber(*pooled.gflops));
      }
    } else if (pooled.gflops) {
      cells.rate =
          (IsNominal(key.operation) ? "~" : "") + FormatNumber(*pooled.gflops);
    }
    if (pooled.evidence.peak_fraction) {
      cells.peak = FormatPercent(*pooled.evidence.peak_fraction);
    }
    if (!pooled.warnings.empty()) cells.mark = "!";
    text = Join(cells);
  } else {
    cells.time = "nothing";
    text = Join(cells);
  }
  const std::vector<std::string> details = Details(rows, ending);
  if (!verbose_ || details.empty() || rows.empty()) return text;
  return text + Wrapped(std::string(count_width_ + 1, ' '), details,
                        kScreenColumns, " · ");
}

std::string ResultTable::FirstLine(const std::string& count, const Key& key,
                                   double wall_s,
                                   std::size_t repetitions) const {
  Cells cells = HeadOf(count, key);
  cells.time = FormatSeconds(wall_s);
  std::string text = Join(cells);
  text.pop_back();
  return text + fmt::format("  first of {}\n", repetitions);
}

ResultTable::Cells ResultTable::HeadOf(const std::string& count,
                                       const Key& key) const {
  Cells cells;
  cells.count = fmt::format("{:<{}}", count, count_width_);
  cells.label =
      fmt::format("{:<{}}", CutTo(Label(key), label_width_), label_width_);
  cells.split = fmt::format("{:<{}}", SplitText(key.split()), split_width_);
  return cells;
}

std::string ResultTable::Join(const Cells& cells) const {
  std::string line =
      fmt::format("{:<{}} {:<{}} {:<{}} {:>8} {:>7} {:>7} {:>{}} {}",
                  cells.count, count_width_, cells.label, label_width_,
                  cells.split, split_width_, cells.time, cells.spread,
                  cells.rate, cells.peak, peak_width_, cells.mark);
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string ResultTable::Label(const Key& key) const {
  std::string label;
  const std::string whole = KeyText(key, KeyStyle::kGroup);
  for (const std::string& word : WordsOf(whole)) {
    if (Contains(common_, word)) continue;
    label += (label.empty() ? "" : " ") + word;
  }
  return label.empty() ? whole : label;
}

}  // namespace hybrid
