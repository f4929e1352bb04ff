#ifndef HYBRID_ALTERNATE_CONTENDER_H_
#define HYBRID_ALTERNATE_CONTENDER_H_

#include <string>
#include <utility>
#include <vector>

#include "alternate/program_kind.h"

namespace hybrid {

/// One of two programs that are measured in turn, as the user names it.
struct Contender {
  std::string executable;          ///< a path
  std::vector<std::string> flags;  ///< what it is told, each time
};

/// Throws AlternationError for a flag that whoever measures in turn has to set:
/// where results go, how often is measured, what is left out.
void CheckFlags(const std::vector<std::string>& flags);

/// A contender that can be started.
class Program {
 public:
  /// Asks it for its --help, to tell what kind of program it is. Throws
  /// AlternationError for what is of none, or can't be started.
  explicit Program(Contender contender);

  const Contender& contender() const { return contender_; }
  const ProgramKind& kind() const { return *kind_; }

  /// The names of the benchmarks that it would run. Throws AlternationError if
  /// it refuses its flags, or would run none.
  std::vector<std::string> ListBenchmarks() const;

  /// Whether it can take turns with another one of its kind.
  bool TakesTurns() const;

  /// What it is told to measure the benchmark of that name once, and to write
  /// the result into the file at `path`.
  std::vector<std::string> Arguments(const std::string& name,
                                     const std::string& path) const;

 private:
  std::vector<std::string> Flags() const;

  Contender contender_;
  std::string help_;
  const ProgramKind* kind_;
};

/// What a program has to measure.
struct Errand {
  const Program* program = nullptr;
  std::string name;  ///< of a benchmark
  std::string path;  ///< of the file to write
};

/// Has the program measure once, in a process of its own, and returns what it
/// wrote into the file, which is replaced, and removed. What it prints goes
/// nowhere. Throws AlternationError if it ends without having written anything,
/// with the last line that it said.
std::string Measure(const Errand& errand);

/// The same of two programs that take turns (Program::TakesTurns), at the same
/// time; what each wrote.
std::pair<std::string, std::string> MeasureInTurns(const Errand& first,
                                                   const Errand& second);

}  // namespace hybrid

#endif  // HYBRID_ALTERNATE_CONTENDER_H_
