#ifndef HYBRID_FOREIGN_GOOGLE_BENCHMARK_H_
#define HYBRID_FOREIGN_GOOGLE_BENCHMARK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "results/input_file.h"

namespace hybrid {

/// What Google Benchmark measured under one name.
struct MeasuredBenchmark {
  std::string name;  ///< in one line: "BM_Sort/1024/real_time/threads:2"
  std::uint64_t threads = 1;
  /// Seconds per iteration, one of each repetition that ran: `real_time`, which
  /// is what the program took where it measured that itself (`/manual_time`).
  std::vector<double> real_times_s;
  std::string error;         ///< of the first repetition that has one
  std::string skip_message;  ///< of the first repetition that was skipped

  bool operator==(const MeasuredBenchmark&) const = default;
};

/// What Google Benchmark says of where and when it ran. What a file lacks is
/// empty.
struct BenchmarkContext {
  std::string date;  ///< "2026-11-28T06:40:00+00:00"
  std::string host_name;
  std::string executable;
  std::uint64_t num_cpus = 0;
  std::optional<double> mhz_per_cpu;
  std::vector<std::uint64_t> caches_bytes;
  std::optional<bool> cpu_scaling_enabled;
  std::string library_version;  ///< "v1.9.1"; since 1.8.5
  std::string library_build_type;
  /// Further texts, numbers and truth values, such as what
  /// --benchmark_context=NAME=VALUE adds.
  std::map<std::string, std::string> more;

  bool operator==(const BenchmarkContext&) const = default;
};

/// What one run of a program with Google Benchmark wrote.
struct BenchmarkRun {
  std::string file;  ///< what messages call it
  BenchmarkContext context;
  std::vector<MeasuredBenchmark> benchmarks;  ///< in the file's order
};

/// Whether `start`, the beginning of a file, is that of such JSON, or of
/// another object.
bool BeginsAsJson(std::string_view start);

/// Which benchmarks, by name, are to be read.
using BenchmarkFilter = std::function<bool(const std::string& name)>;

/// Reads what --benchmark_out=FILE --benchmark_out_format=json wrote, of
/// Google Benchmark 1.5 or later. Aggregates and complexities are no samples.
/// Throws ResultsError ("FILE:LINE: cause", "FILE: cause") for what is none,
/// and where benchmarks that are wanted share a name or have nothing but
/// aggregates.
BenchmarkRun ReadGoogleBenchmark(InputFile& file,
                                 const BenchmarkFilter& is_wanted);

/// The same of the `text` of a file of that name.
BenchmarkRun ParseGoogleBenchmark(const std::string& file,
                                  std::string_view text,
                                  const BenchmarkFilter& is_wanted);

}  // namespace hybrid

#endif  // HYBRID_FOREIGN_GOOGLE_BENCHMARK_H_
