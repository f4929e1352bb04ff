#ifndef HYBRID_BENCH_OUTPUT_CSV_REPORTER_H_
#define HYBRID_BENCH_OUTPUT_CSV_REPORTER_H_

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "families/hybrid.h"
#include "fixture.h"
#include "output/progress.h"
#include "results/csv_writer.h"
#include "results/row.h"

namespace hybrid {

/// The display reporter: one line per configuration as it finishes, and its
/// rows to the result file, at once, so that a later crash can't lose them.
/// Forwards to one of Google Benchmark's own reporters where the user asked
/// for its format.
class CsvReporter : public benchmark::BenchmarkReporter {
 public:
  struct Settings {
    std::string csv_flag = "--csv";  ///< that chose the file
    std::string csv_path;            ///< empty: no file
    CsvWriter::Name csv_name = CsvWriter::Name::kExact;
    std::optional<CsvPosition> csv_position;  ///< of a file to go on with
    std::vector<Row> rows;                    ///< that are in it already
    /// May be null.
    std::unique_ptr<benchmark::BenchmarkReporter> google;
    std::FILE* out = stdout;  ///< for people
    int rerun_noisy = 0;      ///< how often a noisy configuration is repeated
  };

  CsvReporter(Settings settings, const Fixtures& fixtures, Progress progress);

  ~CsvReporter() override { CloseFile(); }

  /// Printed before the first benchmark.
  void set_preamble(std::string text) { preamble_ = std::move(text); }

  /// Opens the result file; false, with a line on stderr, if it can't be had.
  /// A file to go on with stays as it is.
  bool OpenFile();
  /// Cuts off what of it does not stay; false likewise.
  bool CutTail();

  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override;

  /// Where Fixture::Run says what it is at.
  void ShowStatus(const std::string& text) { progress_.ShowStatus(text); }

  const std::vector<Row>& rows() const { return rows_; }
  /// Configurations that failed, results that could not be written.
  int failures() const { return failures_; }
  /// Empty if there is no file with rows in it.
  std::string written_path() const;
  /// Closes the result file; one without a row is deleted.
  void CloseFile();

 private:
  void Take(const Fixture& fixture, const std::vector<Row>& rows);
  void Write(const std::vector<Row>& rows);
  void PrintLine(const Fixture& fixture, const std::vector<Row>& rows);

  Settings settings_;
  std::string preamble_;
  std::map<std::string, Fixture*> fixtures_;
  Progress progress_;
  std::optional<CsvWriter> csv_;
  std::vector<Row> rows_;
  std::chrono::steady_clock::time_point start_;
  int failures_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_CSV_REPORTER_H_
