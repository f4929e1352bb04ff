#ifndef HYBRID_ALTERNATE_ALTERNATION_FILES_H_
#define HYBRID_ALTERNATE_ALTERNATION_FILES_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "alternate/contender.h"
#include "base/json_fwd.h"

namespace hybrid {

/// A benchmark of either program that measures the same configuration.
struct BenchmarkNames {
  std::string baseline;  ///< empty: it has none
  std::string now;       ///< empty: it has none
  std::string id;        ///< of the configuration, as IdOf has it

  bool operator==(const BenchmarkNames&) const = default;
};

/// The folder of two programs that are measured in turn: what each side
/// measured, one result file as any other with a part for each round, and
/// `rounds.json`, which says what was measured and how far it is. Each is
/// replaced whole; a round counts once both sides are written, whenever this
/// process is killed.
class AlternationFiles {
 public:
  /// Takes a folder that is new, empty, or of these two programs, with the
  /// rounds that it holds. Throws AlternationError for one of others, or that
  /// can't be read or made.
  AlternationFiles(std::string folder, const Program& baseline,
                   const Program& now);

  const std::string& folder() const { return folder_; }
  const std::string& baseline_file() const { return baseline_side_.file; }
  const std::string& now_file() const { return now_side_.file; }

  /// How many rounds both sides have.
  std::size_t rounds() const { return baseline_side_.bodies.size(); }
  /// Which benchmarks were found to be of the same configuration.
  const std::vector<BenchmarkNames>& names() const { return names_; }

  /// What a side measured in a round, counted from 0: a file's text.
  std::string BaselineRound(std::size_t round) const;
  std::string NowRound(std::size_t round) const;

  /// A path for what a process of a side writes.
  std::string ProcessFile(bool is_baseline) const;
  /// Takes over what the processes of both sides wrote in a round. Throws
  /// AlternationError if one wrote no results, or of another version than its
  /// side's before.
  void AddRound(std::span<const std::string> baseline,
                std::span<const std::string> now);
  /// Remembers which benchmarks belong together.
  void SetNames(std::vector<BenchmarkNames> names);

 private:
  /// A result file, in parts.
  struct Side {
    std::string file;
    std::string head{};
    std::vector<std::string> bodies{};  ///< of each round
  };

  void Open(const std::string& record);
  void OpenSide(const Json& record, Side& side) const;
  void SaveRecord() const;
  std::string TextOf(const Side& side) const;
  std::string RoundOf(const Side& side, std::size_t round) const;
  /// What a side wrote in a round, in one; sets its head if it has none.
  std::string Join(std::span<const std::string> texts, Side& side) const;

  std::string folder_;
  const ProgramKind& kind_;
  std::string programs_;  ///< JSON: what is measured
  Side baseline_side_;
  Side now_side_;
  std::vector<BenchmarkNames> names_;
};

}  // namespace hybrid

#endif  // HYBRID_ALTERNATE_ALTERNATION_FILES_H_
