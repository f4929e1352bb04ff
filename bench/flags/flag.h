#ifndef HYBRID_BENCH_FLAGS_FLAG_H_
#define HYBRID_BENCH_FLAGS_FLAG_H_

#include <functional>
#include <string>
#include <string_view>

#include "flags/meaning.h"
#include "flags/options.h"

namespace hybrid {

/// Puts the value of `flag` (`--n`) into the options. Throws FlagError, which
/// names the flag.
using Reader = std::function<void(std::string_view flag,
                                  const std::string& value, Options& options)>;

/// Where a flag's value may come from.
enum class Source {
  kAnywhere,         ///< the command line, or the file of --resume
  kCommandLineOnly,  ///< what is started: no file may choose that
  kNoPathFromFile,   ///< as kAnywhere, but for a path of what is loaded
};

/// A row of the table: all that there is to know of a flag.
struct Flag {
  std::string name;             ///< with its dashes: `--n`
  std::string type{};           ///< as --help shows it; empty: takes no value
  std::string default_value{};  ///< the value where it is not given
  std::string quick_value{};    ///< its default beside --quick; empty: the same
  std::string help{};
  std::string section{};  ///< of --help, whose flags follow; empty: as before
  /// Its place in the column `flags` of result files; 0: it is not recorded. A
  /// new flag takes the next number: the text of a file that is gone on with
  /// must not change.
  int place = 0;
  Meaning meaning = Meaning::kText;  ///< how --resume compares two values
  Source source = Source::kAnywhere;
  bool value_optional = false;  ///< `--flag` is `--flag=true`
  Reader read{};  ///< empty for Google Benchmark's flags, which it reads itself
};

/// The value of `flag` where it is not given, beside --quick or not.
inline const std::string& DefaultOf(const Flag& flag, bool quick) {
  return quick && !flag.quick_value.empty() ? flag.quick_value
                                            : flag.default_value;
}

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_FLAG_H_
