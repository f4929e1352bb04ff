#ifndef HYBRID_BENCH_OUTPUT_OUT_FILE_H_
#define HYBRID_BENCH_OUTPUT_OUT_FILE_H_

#include <string>
#include <string_view>

#include "base/unique_fd.h"

namespace hybrid {

/// The file of --benchmark_out. Google Benchmark would empty it before it knows
/// that there is anything to write, would let workers inherit it, and would not
/// look whether what it writes arrives.
class OutFile {
 public:
  /// Opens the file at `path`, of which all stays until the first Write. Throws
  /// std::runtime_error ("--benchmark_out: FILE: cause"), also where another
  /// bench has it.
  explicit OutFile(std::string path);
  /// Deletes a file that it has made if nothing was written.
  ~OutFile();
  OutFile(const OutFile&) = delete;
  OutFile& operator=(const OutFile&) = delete;

  /// Writes `text` at once, the first one in place of what was there. False if
  /// that failed, now or before, which is one line on stderr.
  bool Write(std::string_view text);
  /// Whether the file is not whole.
  bool failed() const { return failed_; }

 private:
  int Empty();

  std::string path_;
  UniqueFd file_;
  bool created_ = false;
  bool written_ = false;
  bool failed_ = false;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_OUT_FILE_H_
