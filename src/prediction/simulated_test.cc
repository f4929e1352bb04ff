// How well sizes are predicted on simulated machines, all of whose splits were
// measured without noise.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "key/key.h"
#include "prediction/grid.h"
#include "prediction/measured_times.h"
#include "prediction/policy.h"
#include "prediction/predict.h"
#include "prediction/task_size.h"
#include "prediction/test_machine.h"
#include "prediction/test_sizes.h"

namespace hybrid {
namespace {

/// How much slower the split to use is than the best, and how far its time is
/// off.
struct Outcome {
  double loss = 0;
  double error = 0;
  double verified_loss = 0;  ///< of the best of the ties
};

struct Outcomes {
  std::vector<Outcome> all;

  double Share(double Outcome::*member, double beyond) const {
    const auto count = std::count_if(
        all.begin(), all.end(),
        [&](const Outcome& outcome) { return outcome.*member > beyond; });
    return static_cast<double>(count) / static_cast<double>(all.size());
  }
  double Quantile(double share) const {
    std::vector<double> errors;
    for (const Outcome& outcome : all) errors.push_back(outcome.error);
    std::sort(errors.begin(), errors.end());
    return errors[static_cast<std::size_t>(
        share * static_cast<double>(errors.size() - 1))];
  }
  std::string Text() const {
    return fmt::format(
        "more than 3 % off: {:.1f} %, 10 %: {:.1f} %; time off by {:.1f} %, "
        "p90 {:.0f} %; verified more than 3 % off: {:.1f} %",
        100 * Share(&Outcome::loss, 0.03), 100 * Share(&Outcome::loss, 0.1),
        100 * Quantile(0.5), 100 * Quantile(0.9),
        100 * Share(&Outcome::verified_loss, 0.03));
  }
};

/// What is asked of a machine, by its cores.
struct Experiment {
  bool few_splits = false;  ///< FewSplits in place of Splits
  std::span<const std::uint64_t> orders;
  std::function<std::uint64_t(SimulatedLuck&, std::uint64_t)> measured_batch;
  std::function<std::uint64_t(SimulatedLuck&, std::uint64_t)> asked_batch;
};

Outcomes RunExperiment(const Experiment& experiment) {
  constexpr std::size_t kGroups = 500;
  Outcomes outcomes;
  for (std::uint64_t seed = 1; outcomes.all.size() < kGroups; ++seed) {
    const SimulatedMachine machine(seed);
    SimulatedLuck luck(~seed);
    const std::uint64_t measured =
        experiment.measured_batch(luck, machine.cores());
    const std::uint64_t batch =
        experiment.asked_batch == nullptr
            ? measured
            : experiment.asked_batch(luck, machine.cores());
    const auto n = static_cast<std::uint64_t>(std::lround(
        luck.LogUniform(static_cast<double>(experiment.orders.front() + 1),
                        static_cast<double>(experiment.orders.back() - 1))));
    MeasuredTimes times;
    times.cores = machine.cores();
    double best = std::numeric_limits<double>::infinity();
    for (const Split& split : experiment.few_splits
                                  ? machine.FewSplits()
                                  : machine.Splits(measured)) {
      for (const std::uint64_t order : experiment.orders) {
        times.splits[split][measured][order] = {
            machine.Seconds(split, order, measured), false,
            IsOverTheCores(split, machine.cores())};
      }
      best = std::min(best, machine.Seconds(split, n, batch));
    }
    if (best < 2e-5 || best > 4) continue;
    const auto prediction = Predict(times, {n, batch});
    if (!prediction) {
      ADD_FAILURE() << "seed " << seed << ": n=" << n << " batch=" << batch;
      break;
    }
    const PredictedTime& pick = prediction->pick();
    const double real = machine.Seconds(pick.split, n, batch);
    Outcome outcome{real / best - 1, std::abs(pick.seconds / real - 1),
                    real / best - 1};
    for (const PredictedTime& tie : prediction->ties()) {
      outcome.verified_loss =
          std::min(outcome.verified_loss,
                   machine.Seconds(tie.split, n, batch) / best - 1);
    }
    outcomes.all.push_back(outcome);
  }
  return outcomes;
}

constexpr std::array<std::uint64_t, 3> kThree{64, 256, 768};
constexpr std::array<std::uint64_t, 5> kFive{64, 128, 256, 512, 1024};
constexpr std::array<std::uint64_t, 10> kBatches{1,  3,   8,   16,  32,
                                                 50, 100, 128, 256, 1000};

std::uint64_t AnyBatch(SimulatedLuck& luck, std::uint64_t /*cores*/) {
  return luck.Choose(kBatches);
}

TEST(SimulatedPredictionTest, OfTheSameBatch) {
  for (const std::span<const std::uint64_t> orders :
       {std::span<const std::uint64_t>(kThree),
        std::span<const std::uint64_t>(kFive)}) {
    for (const bool few_splits : {true, false}) {
      const Outcomes outcomes =
          RunExperiment({few_splits, orders, AnyBatch, nullptr});
      SCOPED_TRACE(outcomes.Text());
      // Of more splits more are alike.
      EXPECT_LE(outcomes.Share(&Outcome::loss, 0.03), few_splits ? 0.06 : 0.09);
      EXPECT_LE(outcomes.Share(&Outcome::loss, 0.10), 0.02);
      EXPECT_LE(outcomes.Share(&Outcome::verified_loss, 0.03), 0.01);
      EXPECT_LE(outcomes.Quantile(0.5), orders.size() == 3 ? 0.07 : 0.03);
    }
  }
}

TEST(SimulatedPredictionTest, OfAnotherBatch) {
  const Outcomes outcomes = RunExperiment(
      {true, kFive,
       [](SimulatedLuck&, std::uint64_t cores) { return 8 * cores; },
       [](SimulatedLuck& luck, std::uint64_t cores) {
         const auto few = static_cast<double>(cores);
         return static_cast<std::uint64_t>(luck.LogUniform(4 * few, 32 * few));
       }});
  SCOPED_TRACE(outcomes.Text());
  EXPECT_LE(outcomes.Share(&Outcome::loss, 0.03), 0.09);
  EXPECT_LE(outcomes.Share(&Outcome::loss, 0.10), 0.02);
}

// A policy knows no more of what lies between two measured n than where their
// middle is.
TEST(SimulatedPredictionTest, APolicyIsHardlyWorse) {
  std::vector<double> losses;
  for (std::uint64_t seed = 1; losses.size() < 300; ++seed) {
    const SimulatedMachine machine(seed);
    SimulatedLuck luck(~seed);
    const std::uint64_t batch = AnyBatch(luck, machine.cores());
    const std::set<Split> splits = machine.Splits(batch);
    TestSizes test;
    test.base.usable_cores = machine.cores();
    for (const std::uint64_t n : kFive) {
      std::map<Split, double> seconds;
      for (const Split& split : splits) {
        seconds[split] = machine.Seconds(split, n, batch);
      }
      test.Add(n, batch, seconds);
    }
    const Policy policy = MakePolicy(FindGrid(test.rows));
    for (int i = 0; i < 5; ++i) {
      const auto n =
          static_cast<std::uint64_t>(std::lround(luck.LogUniform(65, 1023)));
      const PolicyRule* const rule = policy.Find({n, batch});
      ASSERT_NE(rule, nullptr) << "n=" << n;
      double best = std::numeric_limits<double>::infinity();
      for (const Split& split : splits) {
        best = std::min(best, machine.Seconds(split, n, batch));
      }
      losses.push_back(machine.Seconds(rule->split, n, batch) / best - 1);
    }
  }
  const auto share = [&losses](double beyond) {
    const auto count =
        std::count_if(losses.begin(), losses.end(),
                      [beyond](double loss) { return loss > beyond; });
    return static_cast<double>(count) / static_cast<double>(losses.size());
  };
  EXPECT_LE(share(0.03), 0.09);
  EXPECT_LE(share(0.10), 0.02);
}

// What is refused: batches below two rounds on all cores.
TEST(SimulatedPredictionTest, OfASmallBatchNothingIsTold) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const SimulatedMachine machine(seed);
    MeasuredTimes times;
    times.cores = machine.cores();
    const std::uint64_t batch = 2 * machine.cores();
    for (const Split& split : machine.Splits(batch)) {
      for (const std::uint64_t n : kThree) {
        times.splits[split][batch][n] = {machine.Seconds(split, n, batch),
                                         false, false};
      }
    }
    EXPECT_TRUE(Predict(times, {100, batch + 1}));
    EXPECT_TRUE(Predict(times, {100, batch}));
    EXPECT_FALSE(Predict(times, {100, batch - 1}));
  }
}

}  // namespace
}  // namespace hybrid
