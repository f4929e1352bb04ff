#ifndef HYBRID_ANALYSIS_PASTE_PROGRAM_H_
#define HYBRID_ANALYSIS_PASTE_PROGRAM_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "key/key.h"

namespace hybrid {

/// A user's program as the lines to paste name it. A result file tells it, so
/// it is words and values only, quoted wherever they stand: none becomes a
/// command of its own.
class PasteProgram {
 public:
  /// How it is given its tasks (Key::protocol, where `auto` is `lines`).
  enum class Way { kLines, kFilter, kOnce, kWhole };

  /// The command of `key` as `split` starts it; nothing where it has none, or
  /// one that can't be told in a line.
  static std::optional<PasteProgram> Of(const Key& key, const Split& split);

  Way way() const { return way_; }
  std::uint64_t batch() const { return batch_; }
  /// Whether it is told the names of hosts, which no result file has: the lines
  /// take them from the variable HOSTS, `a,b`.
  bool TakesHosts() const;
  /// Whether it is a script of Python's, which may speak through hybridbench.
  bool is_python() const;
  /// "python3 job.py, n=512", for comments.
  std::string About() const;
  /// NAME=value of what it finds in its environment beside what limits its
  /// threads: what the sweep varied, and n.
  const std::vector<std::string>& variables() const { return variables_; }
  /// "set by hand: LD_PRELOAD", for comments: the names of further ones, which
  /// would choose what the reader's shell runs; empty if there are none.
  std::string UntoldText() const;

  /// Words of bash that put it in the place of the shell, where $1 is the task,
  /// $2 how many, and WORKER the worker.
  std::vector<std::string> BashWords() const;
  /// Of kFilter and kOnce: a bash function `run` that does all tasks, as many
  /// as its argument says, by a function `workers` of so many processes; each
  /// of these knows its number once it did `rank`, as WORKER from 0.
  std::vector<std::string> RunLines(std::uint64_t workers,
                                    const std::string& rank) const;

  /// An expression of Python's, the list of its words. `task` and `worker` are
  /// the expressions for those numbers.
  std::string PythonWords(const std::string& task,
                          const std::string& worker) const;

 private:
  PasteProgram() = default;
  bool HasMark(char mark) const;
  bool TakesRanges() const;

  Way way_ = Way::kLines;
  std::uint64_t n_ = 0;
  std::uint64_t batch_ = 0;
  std::uint64_t host_count_ = 1;
  std::string command_;
  /// Marks stand in the place of what differs from task to task, and of what
  /// only the reader knows.
  std::vector<std::string> words_;
  std::vector<std::string> variables_;
  std::vector<std::string> untold_;  ///< names
};

/// A literal of Python's.
std::string PythonText(const std::string& text);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_PASTE_PROGRAM_H_
