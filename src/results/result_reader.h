#ifndef HYBRID_RESULTS_RESULT_READER_H_
#define HYBRID_RESULTS_RESULT_READER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "key/key.h"
#include "results/host_names.h"
#include "results/input_file.h"
#include "results/record_reader.h"
#include "results/row.h"

namespace hybrid {

/// What a result file adds to those that were read before it.
struct FileRows {
  std::vector<Row> rows;     ///< those that count
  std::size_t repeated = 0;  ///< rows left out, since they were read before
};

/// Reads result files one after the other, as every tool does. A measurement
/// counts once, however many copies of its row the files hold: what has the
/// same run, key, attempt and repetition as a row read before is left out and
/// noted, whatever the files are called and wherever they were cut. A run that
/// goes on in another file adds what is new there. One machine has one host
/// name in all files (HostNames).
///
/// Rows without a run, and those of a schema that this program doesn't know,
/// whose columns may be missing, are the same only if they began at the same
/// time and took as long, too.
class ResultReader {
 public:
  explicit ResultReader(SchemaPolicy policy = SchemaPolicy::kKnown)
      : policy_(policy) {}

  /// Reads the next file as ReadCsv does. A file that can't be read leaves
  /// nothing behind.
  FileRows Read(const std::string& file) { return Read(InputFile(file)); }
  FileRows Read(InputFile file);

  /// What was left out, one line for each file that repeats another, or itself:
  /// "b.csv: 36 rows stand in a.csv, too, and count once".
  const std::vector<std::string>& notes() const { return notes_; }

  /// The first file that had rows of each run, by run_id; rows without a run
  /// are runs of their own, named by when they began and what they took.
  const std::map<std::string, std::string>& runs() const { return runs_; }

 private:
  /// Numbers of run and key, attempt, repetition.
  using Identity = std::tuple<std::size_t, std::size_t, std::uint64_t,
                              std::uint64_t, Stage, std::uint64_t, bool>;

  std::string Note(std::size_t place, std::size_t former,
                   std::size_t rows) const;

  SchemaPolicy policy_;
  HostNames hosts_;
  std::vector<std::string> files_;
  std::map<std::string, std::size_t> run_numbers_;
  std::map<Key, std::size_t> key_numbers_;
  std::map<Identity, std::size_t> places_;  ///< each row's file
  std::map<std::string, std::string> runs_;
  std::vector<std::string> notes_;
};

/// The rows of several result files together.
struct ResultRows {
  std::vector<Row> rows;
  std::vector<std::string> notes;           ///< as ResultReader has them
  std::map<std::string, std::string> runs;  ///< as ResultReader has them
};

/// Reads all `files` with one ResultReader, each when those before it are read;
/// `open` opens them.
ResultRows ReadResultFiles(
    std::span<const std::string> files,
    SchemaPolicy policy = SchemaPolicy::kKnown,
    const InputOpener& open = [](const std::string& path) {
      return InputFile(path);
    });

}  // namespace hybrid

#endif  // HYBRID_RESULTS_RESULT_READER_H_
