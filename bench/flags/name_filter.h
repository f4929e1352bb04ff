#ifndef HYBRID_BENCH_FLAGS_NAME_FILTER_H_
#define HYBRID_BENCH_FLAGS_NAME_FILTER_H_

#include <string>

#include "base/pattern.h"

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
    return pattern_.FoundIn(name) != negative_;
  }
  /// Whether it names what is not wanted, rather than what is.
  bool Excludes() const { return negative_; }

 private:
  bool negative_;
  Pattern pattern_;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_NAME_FILTER_H_
