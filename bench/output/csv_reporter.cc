#include "output/csv_reporter.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "attempts.h"
#include "key/key_text.h"
#include "output/result_line.h"

namespace hybrid {

CsvReporter::CsvReporter(Settings settings, Measurements& measurements,
                         Progress& progress, RowFile& file)
    : settings_(std::move(settings)),
      progress_(progress),
      file_(file),
      rows_(std::move(settings_.rows)) {
  for (Measurement& measurement : measurements) {
    measurements_.emplace(measurement.name(), &measurement);
    const Key& key = measurement.key();
    std::size_t& width = label_widths_[key.family];
    width = std::max(width, KeyText(key, KeyStyle::kGroup).size());
  }
}

bool CsvReporter::ReportContext(const Context& context) {
  start_ = std::chrono::steady_clock::now();
  fmt::print(settings_.out, "{}", settings_.preamble);
  std::fflush(settings_.out);
  return settings_.google == nullptr ||
         settings_.google->ReportContext(context);
}

void CsvReporter::ReportRuns(const std::vector<Run>& runs) {
  progress_.ClearStatus();
  const auto repetitions = static_cast<std::size_t>(std::count_if(
      runs.begin(), runs.end(),
      [](const Run& run) { return run.run_type == Run::RT_Iteration; }));
  const auto known = measurements_.find(runs.front().run_name.function_name);
  if (known != measurements_.end() && repetitions > 0) {
    Measurement& measurement = *known->second;
    std::vector<Row> first = measurement.TakeRows(repetitions);
    const std::chrono::duration<double> elapsed =
        std::chrono::steady_clock::now() - start_;
    progress_.Finish(measurement.name(), elapsed.count());
    // What a signal cut short has no result.
    if (measurement.interrupted()) return;
    for (const std::vector<Row>& rows :
         RerunNoisy(measurement, std::move(first), settings_.rerun_noisy)) {
      Take(measurement, rows);
    }
    failures_ += measurement.failed_reruns();
  }
  if (settings_.google != nullptr) settings_.google->ReportRuns(runs);
}

void CsvReporter::Finalize() {
  progress_.ClearStatus();
  if (settings_.google != nullptr) settings_.google->Finalize();
}

void CsvReporter::Take(const Measurement& measurement,
                       const std::vector<Row>& rows) {
  file_.Append(rows);
  PrintLine(measurement, rows);
  rows_.insert(rows_.end(), rows.begin(), rows.end());
}

void CsvReporter::PrintLine(const Measurement& measurement,
                            const std::vector<Row>& rows) {
  const bool failed = std::any_of(rows.begin(), rows.end(), [](const Row& row) {
    return row.status == Status::kError;
  });
  if (failed) {
    ++failures_;
    fmt::print(stderr, "bench: {}: {}\n",
               KeyText(measurement.key(), KeyStyle::kShort),
               measurement.ending());
  }
  // Google's own reporter prints lines of its own.
  if (settings_.google != nullptr) return;
  const std::string left = progress_.TimeLeft();
  fmt::print(settings_.out, "{} {}{}{}\n", progress_.Count(),
             ResultLine(measurement.key(), rows, measurement.ending(),
                        label_widths_[measurement.key().family]),
             left.empty() ? "" : "  ", left);
  std::fflush(settings_.out);
}

}  // namespace hybrid
