#ifndef HYBRID_TOOLS_COMPARED_INPUTS_H_
#define HYBRID_TOOLS_COMPARED_INPUTS_H_

#include <string>

#include "results/input_file.h"

namespace hybrid {

/// Opens the files that hybrid-compare reads, which are all of one kind: result
/// files of `bench`, or JSON of Google Benchmark. Their beginning tells, so
/// that streams do as files do.
class ComparedInputs {
 public:
  /// Opens the first of them, at `path`, and finds what kind it is.
  explicit ComparedInputs(const std::string& path);

  bool are_json() const { return are_json_; }

  /// The first file, when it is asked for first; else opens the one at `path`.
  /// Throws ResultsError if that is of the other kind.
  InputFile Open(const std::string& path);

 private:
  InputFile first_;
  std::string first_name_;
  bool are_json_;
  bool first_is_taken_ = false;
};

}  // namespace hybrid

#endif  // HYBRID_TOOLS_COMPARED_INPUTS_H_
