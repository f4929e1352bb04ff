#include "resumption.h"

#include <fmt/format.h>

#include <utility>

#include "measure/resume.h"
#include "measure/run_info.h"
#include "resume_check.h"
#include "selection.h"

namespace hybrid {
namespace {

/// What the fixture's splits took then decides about the caps now.
void NoteSpeed(const Fixture& fixture, const Key& key,
               const std::vector<Row>& rows, CapPolicy& caps) {
  for (const Row& row : rows) {
    if (row.status == Status::kOk && row.wall_s &&
        SameConfiguration(row, key)) {
      caps.Note(fixture.key(), *row.wall_s);
    }
  }
}

}  // namespace

std::optional<Resumption> Resume(const CommandLine& line, Fixtures& fixtures,
                                 Session& session) {
  if (!line.resume) return std::nullopt;
  const std::vector<Row>& rows = line.resume->contents.rows;
  std::vector<Wanted> wanted;
  for (const std::unique_ptr<Fixture>& fixture : fixtures) {
    wanted.push_back({fixture->name(), fixture->key(),
                      RepetitionsOf(*fixture, line.google)});
  }
  ResumePlan plan = PlanResume(rows, wanted);
  Resumption resumption{
      .file = *line.resume,
      .position = line.resume->After(plan.kept_rows),
      .rows = {rows.begin(),
               rows.begin() + static_cast<std::ptrdiff_t>(plan.kept_rows)},
      .done = 0,
      .total = fixtures.size(),
      .differences = line.differences,
      .notes = std::move(plan.notes)};
  for (std::string& difference : MachineDifferences(rows, session.machine)) {
    resumption.differences.push_back(std::move(difference));
  }
  Fixtures missing;
  for (std::size_t i = 0; i < fixtures.size(); ++i) {
    NoteSpeed(*fixtures[i], wanted[i].key, resumption.rows, session.caps);
    if (plan.standings[i].done) {
      ++resumption.done;
      continue;
    }
    fixtures[i]->set_attempt(plan.standings[i].attempt);
    missing.push_back(std::move(fixtures[i]));
  }
  fixtures = std::move(missing);
  if (!rows.empty()) session.info.run_id = rows.back().run_id;
  return resumption;
}

void CheckDifferences(const Resumption& resumption, const Options& options) {
  for (const std::string& difference : resumption.differences) {
    fmt::print(stderr, "bench: --resume={}: {}\n", resumption.file.path,
               difference);
  }
  if (resumption.differences.empty() || options.resume_anyway) return;
  throw FlagError(fmt::format(
      "--resume={}: stopped, the file is as it was; --resume_anyway goes on "
      "all the same",
      resumption.file.path));
}

std::string ResumedText(const Resumption& resumption) {
  std::string text =
      fmt::format("resumed   {} of {} configurations from {}\n",
                  resumption.done, resumption.total, resumption.file.path);
  if (resumption.file.contents.rows.empty()) {
    text +=
        "          no configuration was finished: it starts from the beginning "
        "with the flags given\n";
  }
  for (const std::string& note : resumption.notes) {
    text += fmt::format("          {}\n", note);
  }
  return text;
}

}  // namespace hybrid
