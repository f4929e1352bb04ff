#ifndef HYBRID_BENCH_FLAGS_RECORDED_FLAGS_H_
#define HYBRID_BENCH_FLAGS_RECORDED_FLAGS_H_

#include <string>
#include <string_view>
#include <vector>

#include "flags/google_flags.h"
#include "flags/options.h"

namespace hybrid {

/// A flag that decides what is measured or how, ours or Google Benchmark's,
/// with its value: `--n`, `64,256`.
struct MeasuringFlag {
  std::string name;
  std::string value;

  bool operator==(const MeasuringFlag&) const = default;
};

/// Measuring flags in the fixed order of the record, each at most once.
using MeasuringFlags = std::vector<MeasuringFlag>;

/// Whether flags called `name` (`--n`) are recorded: those that decide about
/// output alone are not.
bool IsMeasuringFlag(std::string_view name);

/// The measuring flags that the user gave, Google Benchmark's also through the
/// environment.
MeasuringFlags GivenFlags(const Options& options, const GoogleFlags& google);

/// The value of `name` (`--n`), null if it is not among them.
const std::string* FlagValue(const MeasuringFlags& flags,
                             std::string_view name);

/// `flags` as arguments for a command line: `--n=64,256`.
std::vector<std::string> Arguments(const MeasuringFlags& flags);

/// The column `flags`: the arguments on one line, quoted for a shell.
std::string FlagsText(const MeasuringFlags& flags);

/// Reads FlagsText back. Throws ResultsError for what is no such text.
MeasuringFlags ParseFlagsText(std::string_view text);

/// Throws ResultsError where `recorded` names something to start or to load
/// (Source::kCommandLineOnly) that `given` does not: no file may choose that.
void CheckSources(const MeasuringFlags& given, const MeasuringFlags& recorded);

/// What `given` says otherwise than `recorded`, one line each. Values are
/// compared by what they mean, and a flag that is not recorded has its default.
std::vector<std::string> FlagDifferences(const MeasuringFlags& given,
                                         const MeasuringFlags& recorded);

/// `recorded`, but for what `given` says otherwise.
MeasuringFlags Merge(const MeasuringFlags& given,
                     const MeasuringFlags& recorded);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_RECORDED_FLAGS_H_
