#ifndef HYBRID_MEASURE_RESUME_PLAN_H_
#define HYBRID_MEASURE_RESUME_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "key/key.h"
#include "machine/machine.h"
#include "measure/resume_file.h"
#include "measure/resume_standings.h"
#include "results/csv_writer.h"
#include "results/row.h"

namespace hybrid {

/// A wanted configuration that is to be measured still.
struct Remaining {
  std::size_t index = 0;      ///< among the wanted ones
  std::uint64_t attempt = 0;  ///< the number that its rows get
};

/// What a configuration of the file took.
struct KnownSpeed {
  Key key;
  double wall_s = 0;
};

/// How a run goes on with a file.
struct ResumePlan {
  ResumeFile file;
  std::size_t kept_rows = 0;             ///< so many of the file's rows stay
  std::vector<Remaining> remaining;      ///< in the order of the wanted ones
  std::size_t done = 0;                  ///< wanted ones that are in the file
  std::size_t launches = 0;              ///< in the file, of those that remain
  std::vector<KnownSpeed> speeds;        ///< of wanted ones, for the caps
  std::vector<std::string> differences;  ///< from the file, one line each
  std::vector<std::string> notes;        ///< one line each

  /// The rows that stay.
  std::span<const Row> rows() const {
    return std::span(file.contents.rows).first(kept_rows);
  }
  /// Where the file goes on: behind the rows that stay.
  CsvPosition position() const { return file.After(kept_rows); }
  /// The run that is gone on with; empty if the file has no row.
  std::string run_id() const {
    return file.contents.rows.empty() ? "" : file.contents.rows.back().run_id;
  }
};

/// Finds out what of `wanted` is left to do on `machine`.
ResumePlan PlanResume(ResumeFile file, std::span<const Wanted> wanted,
                      const Machine& machine);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_RESUME_PLAN_H_
