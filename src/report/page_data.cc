#include "report/page_data.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "analysis/answer.h"
#include "analysis/answer_text.h"
#include "analysis/gain.h"
#include "analysis/group_key.h"
#include "base/json.h"
#include "report/choices.h"
#include "report/columns.h"
#include "report/dimensions.h"
#include "report/evidence_columns.h"
#include "report/group_json.h"
#include "report/machines.h"
#include "report/other_families.h"
#include "report/page_history.h"
#include "report/runs.h"
#include "report/verdicts.h"
#include "results/row.h"

namespace hybrid {
namespace {

JsonArray ChoicesJson(std::span<const Choice> choices,
                      std::span<const Answer> answers) {
  JsonArray json;
  for (const Choice& choice : choices) {
    json.push_back(ChoiceJson(choice, answers));
  }
  return json;
}

/// The groups of `answers` in the same order, since choices and series name
/// groups by their indices.
JsonArray GroupsJson(std::span<const Choice> choices,
                     std::span<const Answer> answers,
                     std::span<const ReportMachine> machines) {
  JsonArray groups(answers.size());
  for (const Choice& choice : choices) {
    for (const std::size_t place : choice.groups) {
      const GroupKey& key = answers[place].key;
      groups[place] =
          GroupJson(answers[place],
                    MachinePlace(machines, key.host, key.usable_cores), choice);
    }
  }
  return groups;
}

}  // namespace

Json PageData(std::span<const ResultFile> files, const std::string& generator) {
  std::vector<Row> rows;
  JsonArray names;
  for (const ResultFile& file : files) {
    rows.insert(rows.end(), file.rows.begin(), file.rows.end());
    names.emplace_back(file.name);
  }
  const std::vector<Answer> answers = FindAnswers(rows);
  const std::vector<ReportMachine> machines = FindMachines(files);
  const std::vector<ReportRun> runs = FindRuns(files);
  const std::vector<Choice> choices = FindChoices(answers);
  return {{"format", kPageDataFormat},
          {"generator", generator},
          {"files", std::move(names)},
          {"machines", MachinesJson(machines, rows)},
          {"runs", RunsJson(runs)},
          {"dimensions", DimensionsJson()},
          {"verdicts", VerdictsJson()},
          {"gain_columns", JsonArrayOf(kGainBases)},
          {"evidence_columns", EvidenceColumnsJson()},
          {"choices", ChoicesJson(choices, answers)},
          {"groups", GroupsJson(choices, answers, machines)},
          {"others", OtherFamiliesJson(rows)},
          {"answer_text", AnswerText(answers)},
          {"history", PageHistory(rows, runs, answers)},
          {"rows", ColumnarRows(rows)}};
}

}  // namespace hybrid
