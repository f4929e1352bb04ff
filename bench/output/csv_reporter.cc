#include "output/csv_reporter.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "analysis/noisy.h"
#include "key/key_text.h"
#include "output/result_line.h"

namespace hybrid {

CsvReporter::CsvReporter(Settings settings, const Fixtures& fixtures,
                         Progress progress)
    : settings_(std::move(settings)),
      progress_(std::move(progress)),
      rows_(std::move(settings_.rows)) {
  for (const std::unique_ptr<Fixture>& fixture : fixtures) {
    fixtures_.emplace(fixture->name(), fixture.get());
  }
}

bool CsvReporter::OpenFile() {
  if (settings_.csv_path.empty()) return true;
  try {
    if (settings_.csv_position) {
      csv_.emplace(settings_.csv_path, *settings_.csv_position);
    } else {
      csv_.emplace(settings_.csv_path, settings_.csv_name);
    }
    return true;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench: {}: {}\n", settings_.csv_flag, error.what());
    return false;
  }
}

bool CsvReporter::CutTail() {
  if (!csv_ || !settings_.csv_position) return true;
  try {
    csv_->CutTail();
    return true;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench: {}: {}\n", settings_.csv_flag, error.what());
    return false;
  }
}

bool CsvReporter::ReportContext(const Context& context) {
  start_ = std::chrono::steady_clock::now();
  fmt::print(settings_.out, "{}", preamble_);
  std::fflush(settings_.out);
  return settings_.google == nullptr ||
         settings_.google->ReportContext(context);
}

void CsvReporter::ReportRuns(const std::vector<Run>& runs) {
  progress_.ClearStatus();
  const auto repetitions = static_cast<std::size_t>(std::count_if(
      runs.begin(), runs.end(),
      [](const Run& run) { return run.run_type == Run::RT_Iteration; }));
  const auto known = fixtures_.find(runs.front().run_name.function_name);
  if (known != fixtures_.end() && repetitions > 0) {
    Fixture& fixture = *known->second;
    std::vector<Row> rows = fixture.TakeRows(repetitions);
    const std::chrono::duration<double> elapsed =
        std::chrono::steady_clock::now() - start_;
    progress_.Finish(fixture.name(), elapsed.count());
    // What a signal cut short has no result.
    if (fixture.interrupted()) return;
    Take(fixture, rows);
    for (int rerun = 0; rerun < settings_.rerun_noisy && IsNoisy(rows);
         ++rerun) {
      rows = fixture.MeasureAgain(rows);
      if (rows.empty()) break;
      Take(fixture, rows);
    }
  }
  if (settings_.google != nullptr) settings_.google->ReportRuns(runs);
}

void CsvReporter::Finalize() {
  progress_.ClearStatus();
  if (settings_.google != nullptr) settings_.google->Finalize();
}

std::string CsvReporter::written_path() const {
  const bool has_rows = csv_ && (csv_->rows_written() > 0 ||
                                 (settings_.csv_position && !rows_.empty()));
  return has_rows ? csv_->path() : "";
}

void CsvReporter::CloseFile() {
  if (!csv_) return;
  csv_->RemoveIfEmpty();
  csv_.reset();
}

void CsvReporter::Take(const Fixture& fixture, const std::vector<Row>& rows) {
  Write(rows);
  PrintLine(fixture, rows);
  rows_.insert(rows_.end(), rows.begin(), rows.end());
}

void CsvReporter::Write(const std::vector<Row>& rows) {
  if (!csv_) return;
  try {
    csv_->Append(rows);
  } catch (const std::exception& error) {
    ++failures_;
    fmt::print(stderr,
               "bench: {}: {}; the rows before are whole, the rest of the "
               "sweep goes on without the file\n",
               settings_.csv_flag, error.what());
    // Later rows would leave a gap that nothing shows.
    CloseFile();
  }
}

void CsvReporter::PrintLine(const Fixture& fixture,
                            const std::vector<Row>& rows) {
  const bool failed = std::any_of(rows.begin(), rows.end(), [](const Row& row) {
    return row.status == Status::kError;
  });
  if (failed) {
    ++failures_;
    fmt::print(stderr, "bench: {}: {}\n",
               KeyText(fixture.key(), KeyStyle::kShort), fixture.ending());
  }
  // Google's own reporter prints lines of its own.
  if (settings_.google != nullptr) return;
  const std::string left = progress_.TimeLeft();
  fmt::print(settings_.out, "{} {}{}{}\n", progress_.Count(),
             ResultLine(fixture.key(), rows, fixture.ending()),
             left.empty() ? "" : "  ", left);
  std::fflush(settings_.out);
}

}  // namespace hybrid
