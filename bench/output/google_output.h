#ifndef HYBRID_BENCH_OUTPUT_GOOGLE_OUTPUT_H_
#define HYBRID_BENCH_OUTPUT_GOOGLE_OUTPUT_H_

#include <benchmark/benchmark.h>

#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// Stands before one of Google Benchmark's own reporters and keeps from it what
/// it can't write. Its JSON reporter writes NaN, which is no JSON, for the
/// relative deviation of a counter that is always 0. Its CSV reporter takes the
/// columns from the first benchmark and aborts at a later one with another
/// counter, as when the first was capped or failed and so has none. And once
/// one repetition has failed, those before it are no result either.
class GoogleOutput {
 public:
  using Context = benchmark::BenchmarkReporter::Context;
  using Run = benchmark::BenchmarkReporter::Run;
  /// Takes what was reported since the last call. False if it can't be written.
  using Write = std::function<bool(std::string_view)>;

  struct Settings {
    std::string format;            ///< json, csv or console
    bool aggregates_only = false;  ///< leave repetitions out where there are
                                   ///< several
    bool takes_errors = false;     ///< what its reporter says on stderr, too
  };

  GoogleOutput(std::unique_ptr<benchmark::BenchmarkReporter> reporter,
               const Settings& settings, Write write);
  // Its reporter writes into a member.
  GoogleOutput(const GoogleOutput&) = delete;
  GoogleOutput& operator=(const GoogleOutput&) = delete;

  /// False if there is no use in going on.
  bool ReportContext(const Context& context);
  void ReportRuns(const std::vector<Run>& runs);
  void Finalize();

 private:
  bool Flush();

  std::unique_ptr<benchmark::BenchmarkReporter> reporter_;
  std::ostringstream stream_;  // of reporter_
  Write write_;
  bool aggregates_only_;
  bool header_is_due_;
  bool failed_ = false;  // the benchmark in hand
};

/// The reporter of --benchmark_out.
std::unique_ptr<benchmark::BenchmarkReporter> MakeFileReporter(
    std::string_view format);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_GOOGLE_OUTPUT_H_
