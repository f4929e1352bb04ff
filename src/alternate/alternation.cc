#include "alternate/alternation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "alternate/alternation_error.h"
#include "alternate/alternation_files.h"
#include "alternate/measured_sides.h"
#include "analysis/format_units.h"
#include "base/clock.h"
#include "base/simulated_random.h"

namespace hybrid {
namespace {

using Names = std::vector<std::string>;

/// Pairs benchmarks before anything is known of them: by their names; those
/// that have no namesake, as another version may spell them otherwise, stay
/// alone until they were measured.
std::vector<BenchmarkNames> PairByName(const Names& baseline,
                                       const Names& now) {
  std::vector<BenchmarkNames> pairs;
  std::set<std::string> left(now.begin(), now.end());
  for (const std::string& name : baseline) {
    pairs.push_back({name, left.erase(name) > 0 ? name : "", ""});
  }
  for (const std::string& name : now) {
    if (left.contains(name)) pairs.push_back({"", name, ""});
  }
  return pairs;
}

/// The numbers below `count` in an order of each round's own.
std::vector<std::size_t> OrderOf(std::size_t count, SimulatedRandom& random) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t place = random.Between(0, i);
    order[i] = order[place];
    order[place] = i;
  }
  return order;
}

/// What a process wrote, and the benchmark that it ran.
struct Measured {
  std::string name;
  std::string text;
};

/// What one side measured in a round.
using Round = std::vector<Measured>;

std::vector<std::string> TextsOf(const Round& round) {
  std::vector<std::string> texts;
  texts.reserve(round.size());
  for (const Measured& measured : round) texts.push_back(measured.text);
  return texts;
}

void CheckSameKind(const Program& baseline, const Program& now) {
  if (baseline.kind().suffix() == now.kind().suffix()) return;
  throw AlternationError(fmt::format(
      "{} writes {} and {} writes {}: --run takes two programs of one kind",
      baseline.contender().executable, baseline.kind().suffix(),
      now.contender().executable, now.kind().suffix()));
}

/// The measuring of two programs in turn.
class Alternating {
 public:
  explicit Alternating(const AlternationSettings& settings)
      : settings_(settings),
        baseline_(settings.baseline),
        now_(settings.now),
        takes_turns_(baseline_.TakesTurns() && now_.TakesTurns()),
        sides_(now_.kind().NewSides()) {
    CheckSameKind(baseline_, now_);
    open_ = PairByName(baseline_.ListBenchmarks(), now_.ListBenchmarks());
    tests_ = open_.size();
    looks_.alpha = settings.compare.alpha;
    looks_.threshold = settings.compare.threshold;
    looks_.most_rounds = settings.most_rounds;
    files_.emplace(settings.folder, baseline_, now_);
    for (std::size_t i = 0; i < files_->rounds(); ++i) ReadRound(i);
    if (files_->rounds() > 0) Look();
  }

  Alternation Run(const std::function<void(const std::string&)>& tell) {
    const std::int64_t start_ns = NowNs();
    double last_s = 0;  // of the first round nobody knows; it is run anyway
    while (files_->rounds() < settings_.most_rounds && !open_.empty()) {
      const double used_s = NsToSeconds(NowNs() - start_ns);
      if (settings_.budget_s && last_s > 0 &&
          used_s + last_s > *settings_.budget_s) {
        result_.out_of_time = true;
        break;
      }
      RunOne();
      last_s = NsToSeconds(NowNs() - start_ns) - used_s;
      // The first one tells what belongs together.
      const std::size_t rounds = files_->rounds();
      if (rounds == 1 || looks_.IsLook(rounds, kPairTimes * tests_)) Look();
      tell(fmt::format("round {} of {} at most, {}: {} of {} open", rounds,
                       settings_.most_rounds, FormatSeconds(last_s),
                       open_.size(), tests_));
    }
    Look();
    result_.rounds = files_->rounds();
    result_.open = open_.size();
    return std::move(result_);
  }

 private:
  void RunOne() {
    Round before;
    Round after;
    SimulatedRandom random({files_->rounds()});
    for (const std::size_t i : OrderOf(open_.size(), random)) {
      MeasurePair(open_[i], random.Chance(1.0 / 2), before, after);
    }
    const bool is_first = files_->names().empty();
    files_->AddRound(TextsOf(before), TextsOf(after));
    ReadRound(files_->rounds() - 1);
    if (is_first) files_->SetNames(PairById(before, after));
  }

  /// Both sides at the same time, in turns, if they can; else one behind the
  /// other.
  void MeasurePair(const BenchmarkNames& names, bool new_first, Round& before,
                   Round& after) const {
    const Errand baseline = {&baseline_, names.baseline,
                             files_->ProcessFile(true)};
    const Errand now = {&now_, names.now, files_->ProcessFile(false)};
    if (takes_turns_ && !names.baseline.empty() && !names.now.empty()) {
      auto [one, other] = new_first ? MeasureInTurns(now, baseline)
                                    : MeasureInTurns(baseline, now);
      if (new_first) std::swap(one, other);
      before.push_back({names.baseline, std::move(one)});
      after.push_back({names.now, std::move(other)});
      return;
    }
    if (new_first) MeasureAlone(now, after);
    MeasureAlone(baseline, before);
    if (!new_first) MeasureAlone(now, after);
  }

  static void MeasureAlone(const Errand& errand, Round& round) {
    if (!errand.name.empty()) round.push_back({errand.name, Measure(errand)});
  }

  void ReadRound(std::size_t round) {
    const std::string before = files_->BaselineRound(round);
    const std::string after = files_->NowRound(round);
    sides_->AddRound({files_->baseline_file(), before},
                     {files_->now_file(), after});
  }

  /// Pairs the benchmarks by what they measured.
  std::vector<BenchmarkNames> PairById(const Round& before,
                                       const Round& after) const {
    std::map<std::string, BenchmarkNames> pairs;
    for (const auto& [name, text] : before) {
      pairs[sides_->MeasuredId({files_->baseline_file(), text}, true)]
          .baseline = name;
    }
    for (const auto& [name, text] : after) {
      pairs[sides_->MeasuredId({files_->now_file(), text}, false)].now = name;
    }
    std::vector<BenchmarkNames> all;
    for (auto& [id, names] : pairs) {
      if (id.empty()) continue;
      names.id = id;
      all.push_back(std::move(names));
    }
    return all;
  }

  void Look() {
    result_.comparison = sides_->Compare(settings_.compare, looks_);
    std::set<std::string> open;
    for (const ComparedConfiguration& c : result_.comparison.configurations) {
      if (c.is_open) open.insert(IdOf(c));
    }
    open_ = files_->names();
    tests_ = open_.size();
    std::erase_if(open_, [&open](const BenchmarkNames& names) {
      return !open.contains(names.id);
    });
  }

  const AlternationSettings& settings_;
  Program baseline_;
  Program now_;
  bool takes_turns_;
  std::unique_ptr<MeasuredSides> sides_;
  std::optional<AlternationFiles> files_;
  Looks looks_;
  Alternation result_;
  std::vector<BenchmarkNames> open_;  ///< those that the next round measures
  std::size_t tests_ = 0;
};

}  // namespace

Alternation Alternate(const AlternationSettings& settings,
                      const std::function<void(const std::string&)>& tell) {
  CheckFlags(settings.baseline.flags);
  CheckFlags(settings.now.flags);
  return Alternating(settings).Run(tell);
}

}  // namespace hybrid
