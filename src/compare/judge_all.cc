#include "compare/judge_all.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <tuple>
#include <vector>

#include "compare/bimodal.h"
#include "compare/measure_times.h"
#include "compare/run_scatter.h"
#include "statistics/bootstrap.h"

namespace hybrid {
namespace {

/// The smaller, the worse: by change, then by how far apart the medians are.
std::tuple<Change, double> RankOf(const ComparedConfiguration& c) {
  return {c.change, -std::abs(std::log(c.ratio.value_or(1)))};
}

}  // namespace

void JudgeAll(Comparison& comparison) {
  const CompareSettings& settings = comparison.settings;
  auto& all = comparison.configurations;
  comparison.unmeasured +=
      std::erase_if(all, [](const ComparedConfiguration& c) {
        return !c.baseline.is_measured() && !c.now.is_measured();
      });
  RatioBootstrap bootstrap;
  std::vector<ComparedConfiguration*> tested;
  tested.reserve(all.size());
  for (ComparedConfiguration& compared : all) {
    SetThreshold(settings, compared);
    MeasureRatio(bootstrap, compared);
    FindModesOf(compared);
    comparison.completed +=
        compared.baseline.completed + compared.now.completed;
    comparison.disturbed +=
        compared.baseline.disturbed + compared.now.disturbed;
    tested.push_back(&compared);
  }
  comparison.tests = TestTimes(tested, settings.alpha);
  comparison.needed = NeededRepetitions(
      settings.alpha, static_cast<std::size_t>(
                          std::count_if(all.begin(), all.end(), AreCompared)));
  comparison.run_scatter = FindRunScatter(all);
  const Jury jury = comparison.jury();
  for (ComparedConfiguration& compared : all) Judge(jury, compared);
}

void SortWorstFirst(std::vector<ComparedConfiguration>& all) {
  std::stable_sort(
      all.begin(), all.end(),
      [](const ComparedConfiguration& a, const ComparedConfiguration& b) {
        return RankOf(a) < RankOf(b);
      });
}

}  // namespace hybrid
