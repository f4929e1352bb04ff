#include "measure/group_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>
#include <variant>

#include "analysis/disturbance.h"
#include "analysis/evidence.h"
#include "analysis/launches.h"
#include "base/contains.h"
#include "measure/interrupt.h"
#include "measure/new_row.h"
#include "measure/trial.h"
#include "search/long_batch.h"
#include "search/next_step.h"

namespace hybrid {
namespace {

/// Who made an attempt that nothing spoiled has measured the configuration.
bool HasTimes(const GroupMember& member) {
  return std::any_of(
      member.rows.begin(), member.rows.end(), [](const Row& row) {
        return row.status == Status::kOk || row.status == Status::kCapped;
      });
}

}  // namespace

GroupRun::GroupRun(std::vector<Key> keys, const GroupPlan& plan,
                   std::span<const Row> known, const RunContext& context,
                   RunState& state)
    : plan_(plan), context_(context), state_(state) {
  KnownLaunches launches = FindKnownLaunches(keys, known);
  keeps_ = launches.kept;
  skipped_ = std::move(launches.skipped);
  group_ = PlannedGroup(keys, plan_, context_.site.machine, launches.rows);
  for (Key& key : keys) members_.push_back({.key = std::move(key)});
  for (Row& row : launches.rows) {
    GroupMember& member = MemberOf(row.split());
    if (row.status == Status::kError) member.ending = row.error;
    if (row.status == Status::kCapped && (!group_.is_grid || row.round == 1)) {
      member.ending = CapEnding(row, row.cap_s.value_or(0));
    }
    Keep(std::move(row), member);
    if (group_.is_grid && member.rows.size() >= plan_.rounds) {
      member.is_done = true;
    }
  }
}

void GroupRun::Measure(const GroupOnlooker& onlooker,
                       const std::function<std::optional<double>()>& left_s) {
  if (std::exchange(is_measured_, true) || keeps_) return;
  // With a budget each split is launched once before any is again.
  if (group_.key.runs_command() && !left_s() && StartsTooLong()) {
    keeps_ = starts_too_long_ = true;
    return;
  }
  while (!Interrupted()) {
    const std::optional<double> left = left_s();
    const bool has_time = !left || *left > 0;
    const Step step = Next(group_, launches_, left);
    const auto* const planned = std::get_if<PlannedLaunch>(&step);
    const RoundId round = planned == nullptr
                              ? RoundId{}
                              : RoundId{planned->id.stage, planned->id.round};
    if (planned == nullptr || round != round_) {
      if (has_time && RepeatIfDisturbed(onlooker, left_s)) continue;
      planned_.clear();
      round_ = round;
    }
    if (planned == nullptr) {
      statement_ = std::get<Statement>(step);
      Finish(onlooker);
      return;
    }
    planned_.push_back(*planned);
    Launch(*planned, 0, onlooker);
  }
  interrupted_ = true;
}

/// Who needs longer to start than to work keeps its workers: a launch for each
/// repetition would take most of the time. What was launched to find that out
/// is the first to go on.
bool GroupRun::StartsTooLong() {
  const Key& key = members_.front().key;
  if (key.is_whole() || plan_.is_search || !launches_.empty() ||
      state_.memory.WhyNot(key, context_.site.machine)) {
    return false;
  }
  try {
    WorkerGroup& pool = state_.pools.Acquire(key);
    const double start_s = pool.start().start_s;
    const BatchTiming timing =
        pool.RunBatch(std::min(start_s, group_.cut_off.first_s));
    if (!timing.capped && timing.wall_s < start_s) return true;
    state_.pools.Release();
  } catch (const std::exception&) {
    // Its first launch says it again, in a row.
    state_.pools.Drop();
  }
  return false;
}

void GroupRun::Launch(const PlannedLaunch& planned, std::uint64_t attempt,
                      const GroupOnlooker& onlooker) {
  GroupMember& member = MemberOf(planned.id.split);
  onlooker.on_launch(member.key,
                     Describe({planned.id.stage, planned.id.round}));
  if (!HasTimes(member)) {
    if (const auto reason =
            state_.memory.WhyNot(member.key, context_.site.machine)) {
      LeaveOut(member, *reason);
      onlooker.on_done(member);
      return;
    }
  }
  std::optional<Row> row = Try(member, planned);
  if (!row) return;
  row->attempt = attempt;
  onlooker.on_row(*row);
  const bool is_first = planned.id.stage == Stage::kScreen;
  const double wall_s = row->wall_s.value_or(0);
  const bool is_ok = row->status == Status::kOk;
  if (row->load_s) group_.has_phases = true;
  Keep(*std::move(row), member);
  if (member.is_done) onlooker.on_done(member);
  if (group_.is_grid && is_ok && is_first && wall_s > kLongBatchS) {
    const std::size_t due =
        plan_.spares_long ? RepetitionsDue(plan_.rounds, wall_s) : plan_.rounds;
    if (due > 1) onlooker.on_long_batch(member.key, wall_s, due);
  }
}

std::optional<Row> GroupRun::Try(GroupMember& member,
                                 const PlannedLaunch& planned) {
  BatchGoal goal = GoalOf(plan_);
  const bool is_bound = planned.id.stage == Stage::kBound;
  if (is_bound) goal = {.proves_threads = false};
  // What is measured again takes the place of what it repeats.
  const bool has_proof =
      std::any_of(member.rows.begin(), member.rows.end(), [&](const Row& row) {
        return row.status == Status::kOk && ToLaunch(row).id != planned.id;
      });
  goal.proves_threads = !is_bound && !has_proof;
  Row row;
  try {
    TrialResult result =
        LaunchTrial(member.key, planned.cap_s, goal, context_, state_);
    row = std::move(result.row);
    // Of a grid a later launch that was capped is a value.
    const bool is_value = group_.is_grid && planned.id.stage != Stage::kScreen;
    if (!is_bound && !is_value) member.ending = std::move(result.ending);
  } catch (const PoolInterrupted&) {
    state_.pools.Drop();
    return std::nullopt;
  } catch (const std::exception& error) {
    state_.pools.Drop();
    // A signal to the whole process group ends workers before bench notes it.
    if (Interrupted()) return std::nullopt;
    row = NewRow(member.key, context_);
    row.status = Status::kError;
    row.error = error.what();
    member.ending = error.what();
  }
  row.cap_s = planned.cap_s;
  row.bound_s = planned.bound_s;
  row.stage = group_.is_grid ? Stage::kGrid : planned.id.stage;
  row.round = planned.id.round + (group_.is_grid ? 1 : 0);
  row.repetition = is_bound ? planned.id.round - 1 : planned.id.round;
  return row;
}

void GroupRun::Keep(Row row, GroupMember& member) {
  const hybrid::Launch launch = ToLaunch(row);
  const auto place = std::find_if(
      launches_.begin(), launches_.end(),
      [&](const hybrid::Launch& known) { return known.id == launch.id; });
  if (place != launches_.end()) {
    *place = launch;
  } else {
    launches_.push_back(launch);
  }
  if (row.stage == Stage::kBound) return;
  // A failure ends it, and of a grid a first launch that was stopped.
  member.is_done |=
      row.status == Status::kError ||
      (group_.is_grid && row.status == Status::kCapped && row.round == 1);
  const auto former =
      std::find_if(member.rows.begin(), member.rows.end(), [&](const Row& one) {
        return one.stage == row.stage && one.round == row.round;
      });
  if (former != member.rows.end()) {
    *former = std::move(row);
  } else {
    member.rows.push_back(std::move(row));
  }
}

/// A launch may be too short for the kernel's ticks, so a round is judged
/// together, too. Whether anything was measured again.
bool GroupRun::RepeatIfDisturbed(
    const GroupOnlooker& onlooker,
    const std::function<std::optional<double>()>& left_s) {
  if (rounds_again_ == plan_.rounds_again || planned_.empty() ||
      round_.stage == Stage::kBound) {
    return false;
  }
  std::vector<const Row*> rows;
  std::vector<PlannedLaunch> disturbed;
  std::string why;
  for (const PlannedLaunch& planned : planned_) {
    for (const Row& row : MemberOf(planned.id.split).rows) {
      if (ToLaunch(row).id != planned.id || row.status != Status::kOk) continue;
      rows.push_back(&row);
      const Disturbance alone = FindDisturbance(std::span(&row, 1));
      if (!alone.any()) continue;
      disturbed.push_back(planned);
      if (why.empty()) why = DisturbanceTexts(alone).front();
    }
  }
  const Disturbance together =
      FindDisturbance(std::span<const Row* const>(rows));
  if (together.any()) {
    disturbed = std::exchange(planned_, {});
    why = DisturbanceTexts(together).front();
  }
  planned_.clear();
  if (disturbed.empty()) return false;
  ++rounds_again_;
  onlooker.on_again(group_.key, Describe(round_), why);
  for (const PlannedLaunch& planned : disturbed) {
    const GroupMember& member = MemberOf(planned.id.split);
    if (Interrupted() || left_s().value_or(1) <= 0) break;
    if (!member.is_done) Launch(planned, 1, onlooker);
  }
  return true;
}

void GroupRun::Finish(const GroupOnlooker& onlooker) {
  for (const SearchedSplit& searched : statement_->splits) {
    const bool is_bound = searched.outcome == SearchOutcome::kBound;
    if (!is_bound && searched.outcome != SearchOutcome::kUnmeasured) continue;
    GroupMember& member = MemberOf(searched.split);
    Row row = NewRow(member.key, context_);
    row.status = Status::kSkipped;
    if (!group_.is_grid) row.stage = Stage::kScreen;
    if (is_bound) row.bound_s = searched.bound_s;
    member.ending =
        is_bound ? "not run: too slow by its bound" : "not run: no time left";
    if (!Contains(skipped_, searched.split)) onlooker.on_row(row);
  }
  for (GroupMember& member : members_) {
    if (!std::exchange(member.is_done, true)) onlooker.on_done(member);
  }
}

void GroupRun::LeaveOut(GroupMember& member, const std::string& reason) {
  member.not_run = reason;
  member.ending = fmt::format("not run: {}", reason);
  member.is_done = true;
  std::erase(group_.splits, member.key.split());
}

std::string GroupRun::Describe(const RoundId& round) const {
  if (group_.is_grid) {
    return fmt::format("round {} of {}", round.round + 1, plan_.rounds);
  }
  if (round.stage == Stage::kRace) {
    return fmt::format("round {} of at most {}", round.round, plan_.rounds);
  }
  return round.stage == Stage::kBound ? "for its load and operate times"
                                      : "screening";
}

GroupMember& GroupRun::MemberOf(const Split& split) {
  return *std::find_if(
      members_.begin(), members_.end(),
      [&](const GroupMember& member) { return member.key.split() == split; });
}

double GroupRun::PartOfRow() const {
  if (group_.is_grid) return 1 / static_cast<double>(plan_.rounds);
  // Every split is launched twice, on average and about.
  return 0.5 / static_cast<double>(members_.size());
}

const GroupMember& GroupRun::member(const Key& key) const {
  return *std::find_if(
      members_.begin(), members_.end(),
      [&](const GroupMember& member) { return member.key == key; });
}

}  // namespace hybrid
