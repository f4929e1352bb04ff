#ifndef HYBRID_MEASURE_RESUME_FILE_H_
#define HYBRID_MEASURE_RESUME_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "results/csv_parser.h"
#include "results/csv_writer.h"

namespace hybrid {

/// The oldest schema version whose rows mean what rows of today do.
inline constexpr std::uint64_t kOldestToResume = 6;

/// A result file that a run is to go on with.
struct ResumeFile {
  std::string path;
  CsvContents contents;  ///< no rows: it was interrupted before the first
  CsvPosition position;  ///< behind all that is whole
  /// It has columns of a former version, and is to get today's.
  bool is_former = false;

  /// The position behind the first `rows` rows.
  CsvPosition After(std::size_t rows) const;
};

/// Reads the file at `path`. Throws ResultsError for a file that can't be read,
/// that another bench is still writing, or that can't be gone on with because
/// its columns are neither those that CsvWriter writes nor those of a former
/// version since kOldestToResume. Empty files and
/// such as end within their header have no rows and are nothing wrong.
ResumeFile ReadResumeFile(const std::string& path);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_RESUME_FILE_H_
