#ifndef HYBRID_ALTERNATE_PROGRAM_KIND_H_
#define HYBRID_ALTERNATE_PROGRAM_KIND_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "alternate/measured_sides.h"

namespace hybrid {

/// A result file, but for what ends it: what stands at its beginning, and what
/// was measured.
struct FileParts {
  std::string head;
  std::string body;
};

/// What programs of one kind are told, and what they write.
class ProgramKind {
 public:
  virtual ~ProgramKind() = default;

  /// Whether that `help` is of a program of this kind.
  virtual bool Wrote(std::string_view help) const = 0;
  /// Flags that it is told where the user didn't choose, with those of them
  /// that not every version has: those count only if they stand in its help.
  virtual std::vector<std::string> UsualFlags() const = 0;
  virtual std::vector<std::string> UsualNewFlags() const { return {}; }
  /// The flag with which it takes turns with another process, through an end
  /// of a socket; empty: none of this kind can. Of those that can not every
  /// version does.
  virtual std::string TurnsFlag(bool /*comes_first*/, int /*socket*/) const {
    return "";
  }
  /// Flags with which it measures once, into the file at `path`.
  virtual std::vector<std::string> MeasuringFlags(
      const std::string& path) const = 0;

  /// How its files end: "csv".
  virtual std::string_view suffix() const = 0;
  /// The parts of a file of the round numbered `round`, as they stand in a file
  /// of many. Throws AlternationError for what is no file of that kind.
  virtual FileParts Split(const MeasuredFile& file,
                          std::size_t round) const = 0;
  /// Whether files can only be joined that have the same head; else that of the
  /// first is taken.
  virtual bool HeadsAreTheSame() const = 0;
  /// What stands between two bodies of one file, and behind the last.
  virtual std::string_view between() const { return ""; }
  virtual std::string_view end() const { return ""; }

  /// Reads what two programs of this kind measure in turn.
  virtual std::unique_ptr<MeasuredSides> NewSides() const = 0;
};

/// `bench`: CSV.
const ProgramKind& BenchKind();

/// Any program with Google Benchmark: its JSON.
const ProgramKind& GoogleBenchmarkKind();

/// The kind of the program that wrote this help; null: it is of none.
const ProgramKind* KindByHelp(std::string_view help);

}  // namespace hybrid

#endif  // HYBRID_ALTERNATE_PROGRAM_KIND_H_
