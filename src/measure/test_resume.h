#ifndef HYBRID_MEASURE_TEST_RESUME_H_
#define HYBRID_MEASURE_TEST_RESUME_H_

#include <cstdint>

#include "key/test_keys.h"
#include "measure/resume_file.h"

namespace hybrid {

/// For tests: a file of an earlier run with `repetitions` rows of
/// GemmKey(16, 8), each of 2 s.
inline ResumeFile FileWith(std::uint64_t repetitions) {
  ResumeFile file{.path = "r.csv", .contents = {}, .position = {}};
  file.position.kept = file.position.size = 99;
  Row row;
  static_cast<Key&>(row) = GemmKey(16, 8);
  row.run_id = "earlier";
  row.usable_cores = 1;
  row.git_commit = "abc";
  row.wall_s = 2;
  for (row.repetition = 0; row.repetition < repetitions; ++row.repetition) {
    file.contents.rows.push_back(row);
    file.contents.row_ends.push_back(90 + row.repetition);
  }
  return file;
}

}  // namespace hybrid

#endif  // HYBRID_MEASURE_TEST_RESUME_H_
