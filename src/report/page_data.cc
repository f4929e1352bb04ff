#include "report/page_data.h"

#include <utility>
#include <vector>

#include "analysis/answer.h"
#include "analysis/answer_text.h"
#include "base/json.h"
#include "report/columns.h"
#include "report/group_json.h"
#include "report/history_json.h"
#include "report/machines.h"
#include "report/runs.h"

namespace hybrid {

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
  JsonArray groups;
  for (const Answer& answer : answers) {
    groups.push_back(GroupJson(answer, MachinePlace(machines, answer.key.host,
                                                    answer.key.usable_cores)));
  }
  return {{"format", kPageDataFormat},
          {"generator", generator},
          {"files", std::move(names)},
          {"machines", MachinesJson(machines, rows)},
          {"runs", RunsJson(runs)},
          {"groups", std::move(groups)},
          {"answer_text", AnswerText(answers)},
          {"history", HistoryJson(rows, runs)},
          {"rows", ColumnarRows(rows)}};
}

}  // namespace hybrid
