#include "output/summary.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/answer_text.h"
#include "analysis/noise_floor.h"
#include "output/overhead_text.h"
#include "output/tutorial_table.h"

namespace hybrid {

std::string SummaryText(std::span<const Row> rows, bool why,
                        ScreenSettings screen) {
  const std::vector<Answer> answers = FindAnswers(rows);
  std::vector<std::string> parts{TutorialTable(rows), OverheadText(rows)};
  if (answers.empty()) {
    parts.push_back(NoiseText(rows));
    if (!screen.file.empty()) parts.push_back("FILE    " + screen.file + '\n');
  } else {
    for (const std::string& part : parts) {
      // And the line above each.
      const auto lines = std::count(part.begin(), part.end(), '\n') + 1;
      screen.lines -= std::min(screen.lines, static_cast<std::size_t>(lines));
    }
    parts.push_back(why ? AnswerText(answers) : "");
    // The last of all, so that it is what a terminal shows.
    parts.push_back(ScreenText(answers, screen));
  }
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) text += "\n" + part;
  }
  return text;
}

}  // namespace hybrid
