#include "output/csv_reporter.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "attempts.h"
#include "base/standard_streams.h"
#include "key/key_text.h"
#include "output/counted_runs.h"

namespace hybrid {

CsvReporter::CsvReporter(Settings settings, Measurements& measurements,
                         RowFile& file, const Screen& screen)
    : settings_(std::move(settings)),
      file_(file),
      screen_(screen),
      rows_(std::move(settings_.rows)) {
  for (Measurement& measurement : measurements) {
    measurements_.emplace(measurement.name(), &measurement);
  }
}

bool CsvReporter::ReportContext(const Context& context) {
  start_ = std::chrono::steady_clock::now();
  bool goes_on = true;
  for (GoogleOutput* const google : Googles()) {
    goes_on = google->ReportContext(context) && goes_on;
  }
  return goes_on;
}

void CsvReporter::ReportRuns(const std::vector<Run>& runs) {
  screen_.status.Clear();
  const auto repetitions = static_cast<std::size_t>(std::count_if(
      runs.begin(), runs.end(),
      [](const Run& run) { return run.run_type == Run::RT_Iteration; }));
  Measurement& measurement =
      *measurements_.at(runs.front().run_name.function_name);
  if (repetitions > 0) {
    Report(measurement, measurement.TakeRows(repetitions));
    // What a signal cut short has no result, and nor has all that follows.
    if (measurement.interrupted()) {
      if (settings_.out_file != nullptr) settings_.out_file->ReportRuns(runs);
      return;
    }
  }
  const std::vector<Run> counted = CountedRuns(measurement, runs);
  for (GoogleOutput* const google : Googles()) google->ReportRuns(counted);
}

void CsvReporter::Report(Measurement& measurement, std::vector<Row> first) {
  const std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - start_;
  screen_.progress.Finish(measurement.name(), elapsed.count());
  if (measurement.interrupted() || measurement.is_of_group()) return;
  for (const std::vector<Row>& rows :
       RerunNoisy(measurement, std::move(first), settings_.rerun_noisy)) {
    Take(measurement, rows);
  }
  failures_ += measurement.failed_reruns();
}

void CsvReporter::Finalize() {
  screen_.status.Clear();
  for (GoogleOutput* const google : Googles()) google->Finalize();
}

std::vector<GoogleOutput*> CsvReporter::Googles() const {
  std::vector<GoogleOutput*> googles;
  for (const auto& google : {&settings_.display, &settings_.out_file}) {
    if (*google != nullptr) googles.push_back(google->get());
  }
  return googles;
}

void CsvReporter::Take(const Measurement& measurement,
                       const std::vector<Row>& rows) {
  file_.Append(rows);
  PrintLine(measurement.key(), rows, measurement.ending());
  rows_.insert(rows_.end(), rows.begin(), rows.end());
}

void CsvReporter::TakeRow(const Row& row) {
  file_.Append(std::span(&row, 1));
  rows_.push_back(row);
}

void CsvReporter::Finish(const GroupMember& member) {
  screen_.status.Clear();
  PrintLine(member.key, member.rows, member.ending);
}

void CsvReporter::PrintLine(const Key& key, const std::vector<Row>& rows,
                            const std::string& ending) {
  const bool failed = std::any_of(rows.begin(), rows.end(), [](const Row& row) {
    return row.status == Status::kError;
  });
  if (failed) {
    ++failures_;
    PrintError(
        fmt::format("bench: {}: {}\n", KeyText(key, KeyStyle::kShort), ending));
  }
  // Google's own reporter prints lines of its own.
  if (settings_.display != nullptr) return;
  screen_.out.Print(
      screen_.table.Line(screen_.progress.Count(), key, rows, ending));
}

}  // namespace hybrid
