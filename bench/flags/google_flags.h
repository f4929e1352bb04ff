#ifndef HYBRID_BENCH_FLAGS_GOOGLE_FLAGS_H_
#define HYBRID_BENCH_FLAGS_GOOGLE_FLAGS_H_

#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// Whether `argument` (or the name of a flag) is Google Benchmark's to read.
bool IsGoogleFlag(std::string_view argument);

/// Which of Google Benchmark's flags the user set, on the command line or
/// through the environment, and the defaults that are ours rather than its.
class GoogleFlags {
 public:
  /// `arguments` without the program's name; `quick` chooses the defaults.
  explicit GoogleFlags(const std::vector<std::string>& arguments,
                       bool quick = false);

  /// Whether `name` (`benchmark_repetitions`) was set by the user.
  bool IsSet(std::string_view name) const;
  /// The value of `name` as text; empty if it was not set.
  std::string Value(std::string_view name) const;
  /// The value of `name`, or our default of it.
  std::string ValueOrDefault(std::string_view name) const;
  /// Whether `name` was set to anything but a false value.
  bool IsTrue(std::string_view name) const;

  const std::vector<std::string>& arguments() const { return arguments_; }

  /// Throws FlagError for the values that Google Benchmark would answer with
  /// its help and exit status 0, or with nonsense.
  void Check() const;

  /// Flags to put before the user's, so that Google Benchmark gets the defaults
  /// of the table of flags for what the user left open.
  std::vector<std::string> Defaults() const;

 private:
  std::vector<std::string> arguments_;
  bool quick_;
};

/// What runs without --benchmark_filter: the sweep. The other families are
/// controls.
inline constexpr char kDefaultFilter[] = "Hybrid";

/// Our default repetitions: with seven, Welch's test tells splits apart that
/// differ by their spread, and two disturbed ones don't move the median.
inline constexpr int kDefaultRepetitions = 7;

/// Our default time per repetition: a sweep is long, and a sample of a tenth
/// of a second already holds hundreds of the smallest batches.
inline constexpr double kDefaultMinTimeS = 0.1;

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_GOOGLE_FLAGS_H_
