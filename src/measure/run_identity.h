#ifndef HYBRID_MEASURE_RUN_IDENTITY_H_
#define HYBRID_MEASURE_RUN_IDENTITY_H_

#include <string>

namespace hybrid {

/// Which run of bench rows are of.
struct RunIdentity {
  std::string run_id;      ///< random UUID
  std::string start_utc;   ///< 20261122T113000Z, as in the default file name
  std::string git_commit;  ///< that bench was built from
  std::string flags;       ///< FlagsText
};

/// A run that starts now; with `run_id`, one that goes on.
RunIdentity NewRun(std::string flags, std::string run_id = "");

/// The time of the call, as 2026-11-22T11:30:00Z.
std::string UtcNow();

}  // namespace hybrid

#endif  // HYBRID_MEASURE_RUN_IDENTITY_H_
