#ifndef HYBRID_BENCH_OUTPUT_GOOGLE_OUTPUT_H_
#define HYBRID_BENCH_OUTPUT_GOOGLE_OUTPUT_H_

#include <benchmark/benchmark.h>

#include <memory>
#include <string_view>
#include <vector>

#include "measurement.h"

namespace hybrid {

/// Stands before one of Google Benchmark's own reporters and keeps from it what
/// it can't write. Its JSON reporter writes NaN, which is no JSON, for the
/// relative deviation of a counter that is always 0. Its CSV reporter takes the
/// columns from the first benchmark and aborts at a later one with another
/// counter, as when the first was capped or failed and so has none. And once
/// one repetition has failed, those before it are no result either. What was
/// measured again and counts stands in the place of what Google Benchmark saw.
class GoogleOutput : public benchmark::BenchmarkReporter {
 public:
  /// `format` is json, csv or console. `measurements` have to live on.
  GoogleOutput(std::unique_ptr<benchmark::BenchmarkReporter> reporter,
               std::string_view format, const Measurements& measurements);

  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override { reporter_->Finalize(); }

 private:
  void ReplaceMeasured(std::vector<Run>& runs) const;

  std::unique_ptr<benchmark::BenchmarkReporter> reporter_;
  bool header_is_due_;
  const Measurements& measurements_;
};

/// The reporter that writes --benchmark_out in `format`. `measurements` have to
/// live on.
std::unique_ptr<benchmark::BenchmarkReporter> MakeFileReporter(
    std::string_view format, const Measurements& measurements);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_GOOGLE_OUTPUT_H_
