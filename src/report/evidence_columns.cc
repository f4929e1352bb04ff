#include "report/evidence_columns.h"

#include <array>
#include <optional>
#include <string>

#include "analysis/evidence.h"
#include "analysis/format_units.h"
#include "base/json.h"
#include "report/against_best.h"
#include "report/cell_text.h"

namespace hybrid {
namespace {

std::string MedianText(const Answer& /*answer*/, const SplitResult& split) {
  const std::string time = TimeText(split);
  return split.spread ? time + " " + FormatSpread(*split.spread) : time;
}

std::string NotOfTheBest(const Answer& answer, const SplitResult& split) {
  return split.verdict == Verdict::kBest ? std::string(kNothing)
                                         : AgainstBestText(answer, split);
}

/// A column of the evidence: its title, what it means, its text for a split of
/// an answer.
struct EvidenceColumn {
  const char* title;
  const char* meaning;
  std::string (*text)(const Answer&, const SplitResult&);
};

/// The text of a column that shows one figure of the evidence.
template <std::optional<double> Evidence::*field, std::string (*format)(double)>
std::string FigureText(const Answer& /*answer*/, const SplitResult& split) {
  return CellText(split.evidence.*field, format);
}

constexpr std::array kEvidenceColumns = {
    EvidenceColumn{"median",
                   "time of a batch; ± half the range of the repetitions",
                   MedianText},
    EvidenceColumn{"against best",
                   "time per task, against the best; of a capped split by the "
                   "rate it had reached; ≥ of what a launch was stopped at, or "
                   "what 1×1's load and operate times allow at best (bound)",
                   NotOfTheBest},
    EvidenceColumn{"GFLOP/s",
                   "floating-point operations of a task × tasks / time",
                   [](const Answer&, const SplitResult& split) {
                     return CellText(split.gflops, FormatNumber);
                   }},
    EvidenceColumn{"of peak", "of the machine's measured FMA peak",
                   FigureText<&Evidence::peak_fraction, FormatPercent>},
    EvidenceColumn{"threads at work",
                   "of each worker inside the BLAS call; fewer than it was "
                   "given where the library leaves some idle",
                   FigureText<&Evidence::threads_seen, FormatNumber>},
    EvidenceColumn{"waited for CPU",
                   "share of the time that a runnable thread waited for a CPU",
                   FigureText<&Evidence::run_delay, FormatPercent>},
    EvidenceColumn{"task p50", "median latency of a task",
                   FigureText<&Evidence::task_p50_s, FormatSeconds>},
    EvidenceColumn{"task p99", "99th percentile of a task's latency",
                   FigureText<&Evidence::task_p99_s, FormatSeconds>},
    EvidenceColumn{"pushed aside /s", "involuntary context switches per second",
                   FigureText<&Evidence::involuntary_per_s, FormatNumber>},
    EvidenceColumn{"imbalance",
                   "busy time of the slowest worker over the median one's",
                   FigureText<&Evidence::imbalance, FormatNumber>},
    EvidenceColumn{"core speed",
                   "how fast the cores ran, as a share of the peak",
                   FigureText<&Evidence::speed, FormatPercent>},
    EvidenceColumn{"start-up",
                   "from launching the workers until all were ready",
                   FigureText<&Evidence::start_s, FormatSeconds>},
};

}  // namespace

JsonArray EvidenceColumnsJson() {
  JsonArray columns;
  for (const EvidenceColumn& column : kEvidenceColumns) {
    columns.push_back({{"title", column.title}, {"meaning", column.meaning}});
  }
  return columns;
}

JsonArray EvidenceTexts(const Answer& answer, const SplitResult& split) {
  JsonArray texts;
  for (const EvidenceColumn& column : kEvidenceColumns) {
    texts.emplace_back(column.text(answer, split));
  }
  return texts;
}

}  // namespace hybrid
