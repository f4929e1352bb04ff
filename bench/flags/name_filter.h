#ifndef HYBRID_BENCH_FLAGS_NAME_FILTER_H_
#define HYBRID_BENCH_FLAGS_NAME_FILTER_H_

#include <functional>
#include <string>

namespace hybrid {

/// What --benchmark_filter selects, known before Google Benchmark runs: for
/// --dry_run, the count of what is to come, and to stop before an output file
/// is emptied for nothing. Same rules as Google Benchmark's: an extended
/// regular expression found anywhere in the name, negated by a leading `-`;
/// empty or `all` selects everything.
class NameFilter {
 public:
  /// Throws FlagError for what is no regular expression.
  explicit NameFilter(const std::string& filter);

  bool Selects(const std::string& name) const {
    return found_in_(name) != negative_;
  }

 private:
  bool negative_;
  // Not the expression, so that only one source pays for <regex>.
  std::function<bool(const std::string&)> found_in_;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_NAME_FILTER_H_
