#include "output/summary.h"

#include <initializer_list>
#include <vector>

#include "analysis/answer.h"
#include "analysis/answer_text.h"
#include "analysis/noise_floor.h"
#include "output/overhead_text.h"
#include "output/tutorial_table.h"

namespace hybrid {

std::string SummaryText(std::span<const Row> rows) {
  const std::vector<Answer> answers = FindAnswers(rows);
  std::string text;
  for (const std::string& part :
       {answers.empty() ? NoiseText(rows) : AnswerText(answers),
        TutorialTable(rows), OverheadText(rows)}) {
    if (!part.empty()) text += "\n" + part;
  }
  return text;
}

}  // namespace hybrid
