#ifndef HYBRID_MEASURE_GROUP_RUN_H_
#define HYBRID_MEASURE_GROUP_RUN_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "key/key.h"
#include "measure/group_plan.h"
#include "measure/run_context.h"
#include "measure/run_state.h"
#include "results/row.h"
#include "search/launch.h"
#include "search/search_group.h"
#include "search/statement.h"

namespace hybrid {

/// A configuration of a group under measurement.
struct GroupMember {
  Key key;
  /// Its launches, one a round; of each the last attempt.
  std::vector<Row> rows{};
  /// Why it ended early: an error, the cap, or that it was not run; empty if it
  /// did not.
  std::string ending{};
  /// Why it was not run at all, which is no failure; empty if it was.
  std::string not_run{};
  bool is_done = false;  ///< nothing of it is to come
};

/// Who looks on while a group is measured.
struct GroupOnlooker {
  /// Is told what is launched, and what for: "round 2 of 7".
  std::function<void(const Key& key, const std::string& what)> on_launch =
      [](const Key&, const std::string&) {};
  /// Is given each row as soon as it is measured.
  std::function<void(const Row& row)> on_row = [](const Row&) {};
  /// Is told of a member that is done, before the group is where it was capped
  /// or failed.
  std::function<void(const GroupMember& member)> on_done =
      [](const GroupMember&) {};
  /// Is told what the first of `repetitions` took, where that is long.
  std::function<void(const Key& key, double wall_s, std::size_t repetitions)>
      on_long_batch = [](const Key&, double, std::size_t) {};
  /// Is told that a round is measured again, and why.
  std::function<void(const Key& key, const std::string& round,
                     const std::string& why)>
      on_again = [](const Key&, const std::string&, const std::string&) {};
};

/// Measures a group in rounds of launches, a whole grid or what a search wants
/// of it. Which launch is next src/search decides, by the launches that there
/// are; so what is in a file already is gone on from.
class GroupRun {
 public:
  /// `keys` differ in their splits alone. `known` are the rows of a resumed
  /// file. `context` and `state` have to live on.
  GroupRun(std::vector<Key> keys, const GroupPlan& plan,
           std::span<const Row> known, const RunContext& context,
           RunState& state);

  /// Measures what is missing, at the first call only; `left_s` tells how much
  /// time there is, nothing where there is no limit.
  void Measure(const GroupOnlooker& onlooker,
               const std::function<std::optional<double>()>& left_s);

  /// Whether its workers have to live on, since their start takes longer than
  /// the work, or since the known rows were measured so: then nothing is
  /// measured here. Known after Measure.
  bool keeps() const { return keeps_; }
  /// Whether that is since their start takes longer.
  bool starts_too_long() const { return starts_too_long_; }
  /// Whether a signal ended it early.
  bool interrupted() const { return interrupted_; }
  const GroupMember& member(const Key& key) const;
  const std::vector<GroupMember>& members() const { return members_; }
  /// About what part of a benchmark's measuring a row is.
  double PartOfRow() const;
  /// What it found; nothing before its end.
  const std::optional<Statement>& statement() const { return statement_; }
  bool is_search() const { return plan_.is_search; }

 private:
  struct RoundId {
    Stage stage = Stage::kScreen;
    std::size_t round = 0;
    bool operator==(const RoundId&) const = default;
  };

  bool StartsTooLong();
  void Launch(const PlannedLaunch& planned, std::uint64_t attempt,
              const GroupOnlooker& onlooker);
  std::optional<Row> Try(GroupMember& member, const PlannedLaunch& planned);
  void Keep(Row row, GroupMember& member);
  bool RepeatIfDisturbed(const GroupOnlooker& onlooker,
                         const std::function<std::optional<double>()>& left_s);
  void Finish(const GroupOnlooker& onlooker);
  void LeaveOut(GroupMember& member, const std::string& reason);
  std::string Describe(const RoundId& round) const;
  GroupMember& MemberOf(const Split& split);

  GroupPlan plan_;
  const RunContext& context_;
  RunState& state_;
  std::vector<GroupMember> members_;
  SearchGroup group_;
  std::vector<hybrid::Launch> launches_;
  /// The round in hand: what was planned of it, and measured here.
  RoundId round_;
  std::vector<PlannedLaunch> planned_;
  std::size_t rounds_again_ = 0;
  std::vector<Split> skipped_;  // that have a row which says so
  std::optional<Statement> statement_;
  bool is_measured_ = false;
  bool keeps_ = false;
  bool starts_too_long_ = false;
  bool interrupted_ = false;
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_GROUP_RUN_H_
