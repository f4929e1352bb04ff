#ifndef HYBRID_BENCH_GROUP_WATCH_H_
#define HYBRID_BENCH_GROUP_WATCH_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "budget.h"
#include "group_measurements.h"
#include "output/csv_reporter.h"

namespace hybrid {

/// Has each group measured when the first of its benchmarks is called, within
/// its part of the budget, and people told how that goes.
class GroupWatch {
 public:
  /// Who is told, all of which has to live on, as the groups have.
  struct Audience {
    CsvReporter& reporter;
    Progress& progress;
    StatusLine& status;
    TextOutput& out;
    bool has_table = false;  ///< else notes would stand in others' output
    std::function<void(const Key& key, double wall_s, std::size_t repetitions)>
        on_long_batch;
  };

  GroupWatch(MeasuredGroups& groups, std::optional<double> budget_s,
             Audience audience);
  GroupWatch(const GroupWatch&) = delete;
  GroupWatch& operator=(const GroupWatch&) = delete;

 private:
  GroupOnlooker LookerOf(const MeasuredGroup& group);
  void Measure(MeasuredGroup& group);
  void NoteAgain(const Key& key, const std::string& round,
                 const std::string& why);
  double elapsed_s() const;

  Audience audience_;
  Budget budget_;
  std::size_t groups_left_;
  std::size_t notes_left_;
  std::chrono::steady_clock::time_point started_ =
      std::chrono::steady_clock::now();
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_GROUP_WATCH_H_
