#ifndef HYBRID_BENCH_OUTPUT_CSV_REPORTER_H_
#define HYBRID_BENCH_OUTPUT_CSV_REPORTER_H_

#include <benchmark/benchmark.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "measurement.h"
#include "output/google_output.h"
#include "output/progress.h"
#include "output/result_table.h"
#include "output/row_file.h"
#include "output/status_line.h"
#include "output/text_output.h"
#include "results/row.h"

namespace hybrid {

/// The only reporter that Google Benchmark is given: one line per configuration
/// as it finishes, and its rows to the result file. Forwards to Google
/// Benchmark's own reporters where the user asked for one of its formats.
class CsvReporter : public benchmark::BenchmarkReporter {
 public:
  struct Settings {
    std::vector<Row> rows;  ///< that are in the file already
    /// In the place of our own lines; may be null.
    std::unique_ptr<GoogleOutput> display;
    std::unique_ptr<GoogleOutput> out_file;  ///< may be null
    int rerun_noisy = 0;  ///< how often a noisy configuration is repeated
  };

  /// Where the lines for people go. All has to live on.
  struct Screen {
    const ResultTable& table;
    Progress& progress;
    StatusLine& status;
    TextOutput& out;
  };

  /// What is not in `settings` has to live on.
  CsvReporter(Settings settings, Measurements& measurements, RowFile& file,
              const Screen& screen);

  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override;

  /// Takes a row of a group as soon as it is measured.
  void TakeRow(const Row& row);
  /// Prints the line of a group's configuration that is done.
  void Finish(const GroupMember& member);

  const std::vector<Row>& rows() const { return rows_; }
  /// Configurations that failed, and repeats of noisy ones that did.
  int failures() const { return failures_; }

 private:
  std::vector<GoogleOutput*> Googles() const;
  /// `rows` of a benchmark that is done, and of its repeats.
  void Report(Measurement& measurement, std::vector<Row> first);
  void Take(const Measurement& measurement, const std::vector<Row>& rows);
  void PrintLine(const Key& key, const std::vector<Row>& rows,
                 const std::string& ending);

  Settings settings_;
  std::map<std::string, Measurement*> measurements_;
  RowFile& file_;
  Screen screen_;
  std::vector<Row> rows_;
  std::chrono::steady_clock::time_point start_;
  int failures_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_CSV_REPORTER_H_
