#ifndef HYBRID_BENCH_FLAGS_COMMAND_LINE_H_
#define HYBRID_BENCH_FLAGS_COMMAND_LINE_H_

#include <optional>
#include <string>
#include <vector>

#include "flags/google_flags.h"
#include "flags/options.h"
#include "flags/recorded_flags.h"
#include "measure/resume_file.h"

namespace hybrid {

/// What the user asked for, and with --resume what the file adds to it.
struct CommandLine {
  Options options;
  GoogleFlags google;
  MeasuringFlags flags;  ///< what `options` and `google` say of measuring
  std::optional<ResumeFile> resume;
  /// Where given flags contradict the file's, one line each.
  std::vector<std::string> differences;
};

/// Reads the arguments behind the program's name, and the file of --resume:
/// its flags count as if they had been given. Throws FlagError, also for a
/// file that can't be gone on with.
CommandLine ReadCommandLine(const std::vector<std::string>& arguments);

/// Hands Google Benchmark its flags, less those that are carried out here:
/// listing, --benchmark_out, aggregates only. `program` has to live on: Google
/// Benchmark keeps the pointer for the context of its output files. Throws
/// FlagError for those that it does not know.
void InitializeGoogle(char* program, const GoogleFlags& flags);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_COMMAND_LINE_H_
