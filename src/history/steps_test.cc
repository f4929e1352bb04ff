#include "history/steps.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "history/series.h"
#include "history/test_history.h"
using namespace hybrid;
static void Rate(const char* name, const Simulation& sim, size_t want_run,
                 int trials, StepSettings st = {}) {
  int any = 0, exact = 0, near = 0, extra = 0, out = 0, drift = 0;
  size_t steps = 0;
  for (int t = 0; t < trials; ++t) {
    auto runs = GroupRuns(Flatten(Simulate(sim, 1000 + t)));
    auto series = MakeSeries(runs);
    auto found = FindSteps(runs, series, st);
    bool a = false, e = false, n = false, x = false;
    for (auto& s : found) {
      if (s.kind == StepKind::kOutlierRun) {
        ++out;
        continue;
      }
      if (s.kind == StepKind::kDrift) {
        ++drift;
        continue;
      }
      ++steps;
      a = true;
      if (s.series == 0 && s.run == want_run) e = true;
      if (s.series == 0 && s.run + 1 >= want_run && s.run <= want_run + 1)
        n = true;
      else
        x = true;
    }
    any += a;
    exact += e;
    near += n;
    extra += x;
  }
  std::printf(
      "%-28s any %d exact %d near %d extra %d steps %zu outliers %d drift %d "
      "of %d\n",
      name, any, exact, near, extra, steps, out, drift, trials);
}
TEST(X, Y) {
  int T = std::getenv("T") ? std::atoi(std::getenv("T")) : 100;
  StepSettings st;
  if (getenv("Q")) st.false_discovery_rate = atof(getenv("Q"));
  int K = std::getenv("K") ? std::atoi(std::getenv("K")) : 7;
  Simulation flat;
  flat.repetitions = (size_t)K;
  Rate("flat", flat, 99, T, st);
  for (size_t at : {3, 4, 5, 10, 15, 16, 17, 18}) {
    Simulation s;
    s.repetitions = (size_t)K;
    s.level = [at](size_t r, size_t c) {
      return c == 0 && r >= at ? 1.1 : 1.0;
    };
    Rate(("step at " + std::to_string(at)).c_str(), s, at, T, st);
  }
  {
    Simulation s;
    s.repetitions = (size_t)K;
    s.level = [](size_t r, size_t c) {
      return c == 0 && r >= 8 && r < 12 ? 1.15 : 1.0;
    };
    Rate("excursion 8..12", s, 8, T, st);
    Rate("excursion 8..12", s, 12, T, st);
  }
  {
    Simulation s;
    s.repetitions = (size_t)K;
    s.level = [](size_t r, size_t c) {
      return c == 0 ? (r >= 13 ? 1.21 : r >= 7 ? 1.1 : 1.0) : 1.0;
    };
    Rate("stairs 7", s, 7, T, st);
    Rate("stairs 13", s, 13, T, st);
  }
  {
    Simulation s;
    s.repetitions = (size_t)K;
    s.level = [](size_t r, size_t c) {
      return c == 0 ? 1 + 0.01 * double(r) : 1.0;
    };
    Rate("drift 1%", s, 99, T, st);
  }
  {
    Simulation s;
    s.repetitions = (size_t)K;
    s.level = [](size_t r, size_t c) {
      return c == 0 ? 1 + 0.02 * double(r) : 1.0;
    };
    Rate("drift 2%", s, 99, T, st);
  }
  {
    Simulation s;
    s.repetitions = (size_t)K;
    s.level = [](size_t r, size_t c) { return c == 0 && r == 10 ? 1.3 : 1.0; };
    Rate("outlier", s, 99, T, st);
  }
  {
    Simulation s;
    s.repetitions = (size_t)K;
    s.level = [](size_t r, size_t c) { return c == 0 && r == 18 ? 1.3 : 1.0; };
    Rate("outlier 18", s, 99, T, st);
  }
  {
    Simulation s;
    s.repetitions = (size_t)K;
    s.level = [](size_t r, size_t c) { return c == 0 && r == 19 ? 1.3 : 1.0; };
    Rate("last", s, 99, T, st);
  }
}
