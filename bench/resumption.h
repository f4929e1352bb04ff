#ifndef HYBRID_BENCH_RESUMPTION_H_
#define HYBRID_BENCH_RESUMPTION_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "flags/command_line.h"
#include "families/hybrid.h"
#include "measure/session.h"

namespace hybrid {

/// A run that goes on with a file: what of it stays, and what differs.
struct Resumption {
  ResumeFile file;
  CsvPosition position;                  ///< behind what stays
  std::vector<Row> rows;                 ///< what stays
  std::size_t done = 0;                  ///< configurations that are there
  std::size_t total = 0;                 ///< with those that are to be measured
  std::vector<std::string> differences;  ///< from the file, one line each
  std::vector<std::string> notes;        ///< one line each
};

/// Takes out of `fixtures` what the file of --resume has already, tells
/// `session` what the file knows (run, speed of the splits), and numbers the
/// attempts of the rest. Nothing without --resume.
std::optional<Resumption> Resume(const CommandLine& line, Fixtures& fixtures,
                                 Session& session);

/// Prints what differs, on stderr. Throws FlagError if that is anything and the
/// user does not want to go on anyway.
void CheckDifferences(const Resumption& resumption, const Options& options);

/// `resumed   27 of 39 configurations from FILE`, and the notes.
std::string ResumedText(const Resumption& resumption);

}  // namespace hybrid

#endif  // HYBRID_BENCH_RESUMPTION_H_
