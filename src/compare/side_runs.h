#ifndef HYBRID_COMPARE_SIDE_RUNS_H_
#define HYBRID_COMPARE_SIDE_RUNS_H_

#include <map>
#include <span>
#include <string>
#include <vector>

#include "foreign/google_benchmark.h"
#include "key/key.h"
#include "results/row.h"

namespace hybrid {

/// What one run measured of one configuration. Times are seconds per batch, or
/// per iteration of another program's benchmark.
struct SideRun {
  std::string id;    ///< Row::run_id; empty where none is known
  std::string date;  ///< when it began to measure this; empty if not known
  std::string file;  ///< where it was read from; empty if not known
  std::vector<double> times_s;  ///< that count
  struct LeftOut {
    double time_s = 0;
    std::string reason;  ///< "steal 6.2 % of its CPU time"
  };
  std::vector<LeftOut> left_out;  ///< completed, but disturbed
  std::vector<double> capped_s;   ///< until the cap took effect
};

/// The runs of `rows` that have anything of the configuration `key`, by date.
/// `files` has the file of each run id.
std::vector<SideRun> SideRunsOf(
    std::span<const Row> rows, const Key& key,
    const std::map<std::string, std::string>& files);

/// The runs that measured the benchmark `name`, in their order.
std::vector<SideRun> SideRunsOf(std::span<const BenchmarkRun> runs,
                                const std::string& name);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_SIDE_RUNS_H_
