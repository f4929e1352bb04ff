#ifndef HYBRID_BENCH_OUTPUT_OUTPUTS_H_
#define HYBRID_BENCH_OUTPUT_OUTPUTS_H_

#include <memory>
#include <optional>
#include <string>

#include "flags/google_flags.h"
#include "flags/options.h"
#include "output/google_output.h"
#include "output/out_file.h"
#include "output/text_output.h"

namespace hybrid {

/// Owns what a run writes beside its result file: what it prints, and the file
/// of --benchmark_out.
class Outputs {
 public:
  /// Throws what OutFile does. `flags` have to live on.
  Outputs(const Options& options, const GoogleFlags& flags);

  /// What people read: on standard error where standard output is for programs.
  TextOutput& people();

  /// Google Benchmark's reporters that the flags ask for, in the place of our
  /// lines and for --benchmark_out; null where they ask for none. The first one
  /// is to be made once only. Both write into these outputs.
  std::unique_ptr<GoogleOutput> MakeDisplay();
  std::unique_ptr<GoogleOutput> MakeOutFile();

  /// How many could not be written. Those that are not named on stderr yet are
  /// then; `rows` is where all is to be had that they lack, or empty.
  int CountFailures(const std::string& rows) const;

 private:
  const GoogleFlags& flags_;
  bool for_programs_;  // standard output
  TextOutput standard_output_;
  TextOutput standard_error_;
  std::optional<OutFile> out_file_;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_OUTPUTS_H_
