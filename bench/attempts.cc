#include "attempts.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <utility>

#include "analysis/disturbance.h"
#include "analysis/noisy.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// How good an attempt is: not noisy, then with the most undisturbed
/// repetitions, then with the least spread. Its speed plays no role: who takes
/// the fastest of several attempts finds luck.
auto Calmness(const std::vector<Row>& rows) {
  std::vector<const Row*> pointers;
  std::vector<double> walls_s;
  for (const Row& row : rows) {
    pointers.push_back(&row);
    walls_s.push_back(row.wall_s.value_or(0));
  }
  const double spread =
      RelativeSpread(walls_s).value_or(std::numeric_limits<double>::infinity());
  return std::tuple(!IsNoisy(rows), Undisturbed(pointers).size(), -spread);
}

}  // namespace

std::vector<std::vector<Row>> RerunNoisy(Measurement& measurement,
                                         std::vector<Row> first, int reruns) {
  const std::uint64_t number = first.empty() ? 0 : first.front().attempt;
  std::vector<std::vector<Row>> attempts{std::move(first)};
  for (int rerun = 0; rerun < reruns && IsNoisy(attempts.back()); ++rerun) {
    std::vector<Row> again = measurement.MeasureAgain(attempts.back());
    if (again.empty()) break;
    attempts.push_back(std::move(again));
  }
  std::vector<std::size_t> order(attempts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) {
                     return Calmness(attempts[a]) < Calmness(attempts[b]);
                   });
  std::vector<std::vector<Row>> ordered;
  for (const std::size_t i : order) {
    ordered.push_back(std::move(attempts[i]));
    for (Row& row : ordered.back()) row.attempt = number + ordered.size() - 1;
  }
  if (order.back() != 0) measurement.Replace(ordered.back());
  return ordered;
}

}  // namespace hybrid
