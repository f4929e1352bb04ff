#include "group_watch.h"

#include <fmt/format.h>

#include <utility>

#include "base/standard_streams.h"
#include "key/key_text.h"
#include "output/progress.h"
#include "output/status_line.h"
#include "output/text_output.h"

namespace hybrid {
namespace {

/// Rounds that are measured again are named so many times.
constexpr std::size_t kMostNotes = 4;

std::string NameOf(const MeasuredGroup& group, const Key& key) {
  return group.run.is_search() ? SearchName(key)
                               : KeyText(key, KeyStyle::kBenchmark);
}

}  // namespace

GroupWatch::GroupWatch(MeasuredGroups& groups, std::optional<double> budget_s,
                       Audience audience)
    : audience_(std::move(audience)),
      budget_(budget_s),
      groups_left_(groups.size()),
      notes_left_(kMostNotes) {
  for (auto& entry : groups) {
    MeasuredGroup& group = entry.second;
    group.measure = [this, &group, begun = false]() mutable {
      if (!std::exchange(begun, true)) Measure(group);
    };
    group.left_s = [this] { return budget_.left_s(); };
  }
}

void GroupWatch::Measure(MeasuredGroup& group) {
  budget_.Begin(groups_left_--);
  group.run.Measure(LookerOf(group), group.left_s);
  if (!group.run.starts_too_long() || !audience_.has_table) return;
  audience_.status.Clear();
  audience_.out.Print(fmt::format(
      "note      {}: workers live on: their start takes longer than a batch\n",
      KeyText(group.run.members().front().key, KeyStyle::kGroup)));
}

GroupOnlooker GroupWatch::LookerOf(const MeasuredGroup& group) {
  return {
      .on_launch =
          [this](const Key& key, const std::string& what) {
            audience_.status.Show(audience_.progress.StatusText(
                fmt::format("{}, {}", KeyText(key, KeyStyle::kShort), what)));
          },
      .on_row =
          [this, &group](const Row& row) {
            audience_.reporter.TakeRow(row);
            audience_.progress.Advance(NameOf(group, row),
                                       group.run.PartOfRow(), elapsed_s());
          },
      .on_done =
          [this, &group](const GroupMember& member) {
            // A search is done with its last split.
            if (!group.run.is_search() || group.run.statement()) {
              audience_.progress.Finish(NameOf(group, member.key), elapsed_s());
            }
            audience_.reporter.Finish(member);
          },
      .on_long_batch = audience_.on_long_batch,
      .on_again = [this](
                      const Key& key, const std::string& round,
                      const std::string& why) { NoteAgain(key, round, why); }};
}

void GroupWatch::NoteAgain(const Key& key, const std::string& round,
                           const std::string& why) {
  if (notes_left_ == 0) return;
  --notes_left_;
  audience_.status.Clear();
  PrintError(fmt::format(
      "bench: {}, {}: {}: measured again{}\n", KeyText(key, KeyStyle::kGroup),
      round, why, notes_left_ == 0 ? " (further ones are not named)" : ""));
}

double GroupWatch::elapsed_s() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                       started_)
      .count();
}

}  // namespace hybrid
