#ifndef HYBRID_FOREIGN_BENCHMARK_ENTRIES_H_
#define HYBRID_FOREIGN_BENCHMARK_ENTRIES_H_

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/json_fwd.h"
#include "foreign/google_benchmark.h"
#include "results/results_error.h"

namespace hybrid {

/// What is not as Google Benchmark writes it; what() is the cause alone.
class FormatError : public ResultsError {
 public:
  using ResultsError::ResultsError;
};

/// Makes benchmarks of the entries of a file, of which each is a repetition or
/// an aggregate. What is wanted has to live as long.
class BenchmarkEntries {
 public:
  explicit BenchmarkEntries(const BenchmarkFilter& is_wanted)
      : is_wanted_(is_wanted) {}

  /// Takes the next entry. Throws FormatError for what is none, and for one of
  /// another benchmark that has the name of one before.
  void Add(const JsonObject& entry);

  /// All benchmarks that are wanted. Throws FormatError where one has
  /// aggregates alone.
  std::vector<MeasuredBenchmark> Take();

 private:
  /// What tells benchmarks of one name apart.
  using Instance = std::pair<std::optional<double>, std::optional<double>>;

  struct Place {
    std::size_t index = 0;
    Instance instance;
    std::set<double> repetitions{};
  };

  MeasuredBenchmark& ByName(const std::string& name, const JsonObject& entry);

  const BenchmarkFilter& is_wanted_;
  std::map<std::string, Place> places_;  ///< by name
  std::set<std::string> aggregated_;
  std::vector<MeasuredBenchmark> benchmarks_;
};

}  // namespace hybrid

#endif  // HYBRID_FOREIGN_BENCHMARK_ENTRIES_H_
