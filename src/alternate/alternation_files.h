#ifndef HYBRID_ALTERNATE_ALTERNATION_FILES_H_
#define HYBRID_ALTERNATE_ALTERNATION_FILES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "alternate/contender.h"
#include "results/row.h"

namespace hybrid {

/// The folder of two programs that are measured in turn: `baseline.csv` and
/// `new.csv`, ordinary result files with one run for each round, and
/// `rounds.json`, which says what was measured and how far it is. Each is
/// replaced whole; a round counts once both sides are written, whenever this
/// process is killed.
class AlternationFiles {
 public:
  /// Takes a folder that is new, empty, or of these two programs, with the
  /// rounds that it holds. Throws AlternationError for one of others, or that
  /// can't be read or made.
  AlternationFiles(std::string folder, const Contender& baseline,
                   const Contender& now);

  const std::string& folder() const { return folder_; }
  const std::string& baseline_file() const { return baseline_side_.file; }
  const std::string& now_file() const { return now_side_.file; }

  /// How many rounds both sides have.
  std::size_t rounds() const { return rounds_; }
  const std::vector<Row>& baseline() const { return baseline_side_.rows; }
  const std::vector<Row>& now() const { return now_side_.rows; }

  /// A file for a side's next round to be written to, which does not exist.
  std::string NewRoundFile(const std::string& side) const;
  /// Takes over what both sides wrote in a round, and removes these files.
  /// Throws AlternationError if one is no result file, or of another version
  /// than its side's rounds before.
  void AddRound(const std::string& baseline_csv, const std::string& now_csv);

 private:
  /// A result file, as far as its rounds are whole.
  struct Side {
    std::string file;
    std::string text;
    std::vector<Row> rows;
  };

  void Open(const std::string& record);
  void Save() const;
  /// Reads the rows of `csv`, a round of `side`, and appends its records.
  void Append(const std::string& csv, Side& side) const;

  std::string folder_;
  std::string programs_;  ///< JSON: what is measured
  Side baseline_side_;
  Side now_side_;
  std::size_t rounds_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_ALTERNATE_ALTERNATION_FILES_H_
