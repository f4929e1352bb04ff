#include "alternate/alternation.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "alternate/alternation_files.h"
#include "analysis/format_units.h"
#include "base/clock.h"
#include "base/simulated_random.h"
#include "base/text.h"
#include "compare/paired.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

using Names = std::vector<std::string>;

/// The benchmarks of one side, and which of them are those of open
/// configurations.
class SideBenchmarks {
 public:
  explicit SideBenchmarks(Names names) : names_(std::move(names)) {}

  const Names& all() const { return names_; }

  /// Those of `open`, configurations as KeyText names benchmarks; none, which
  /// stands for all, if one of them is not found: former versions named some
  /// otherwise.
  Names Of(const std::set<std::string>& open) const {
    Names found;
    for (const std::string& name : open) {
      const auto place = std::find_if(
          names_.begin(), names_.end(),
          [&](const auto& listed) { return IsBenchmarkOf(listed, name); });
      if (place == names_.end()) return {};
      found.push_back(*place);
    }
    return found;
  }

 private:
  /// Google Benchmark adds how it takes the time.
  static bool IsBenchmarkOf(const std::string& listed,
                            const std::string& name) {
    return listed == name || listed.starts_with(name + "/manual_time");
  }

  Names names_;
};

/// What of a comparison is open, by the names of benchmarks.
std::set<std::string> OpenNames(const Comparison& comparison) {
  std::set<std::string> open;
  for (const ComparedConfiguration& c : comparison.configurations) {
    if (IsOpen(c)) open.insert(KeyText(c.key, KeyStyle::kBenchmark));
  }
  return open;
}

/// Which side of a round comes first; drawn, the same again for each round.
bool NewComesFirst(std::size_t round) {
  return SimulatedRandom({round}).Chance(1.0 / 2);
}

/// The measuring of two programs in turn.
class Alternating {
 public:
  Alternating(const AlternationSettings& settings)
      : settings_(settings),
        baseline_(ListBenchmarks(settings.baseline)),
        now_(ListBenchmarks(settings.now)),
        files_(settings.folder, settings.baseline, settings.now) {
    looks_.alpha = settings.compare.alpha;
    looks_.threshold = settings.compare.threshold;
    looks_.most_rounds = settings.most_rounds;
    if (baseline_.all().empty() || now_.all().empty()) {
      throw AlternationError(
          fmt::format("{} would run no benchmark with these flags",
                      baseline_.all().empty() ? settings.baseline.executable
                                              : settings.now.executable));
    }
    if (files_.rounds() > 0) Look();
  }

  Alternation Run(const std::function<void(const std::string&)>& tell) {
    const std::int64_t start_ns = NowNs();
    double last_s = 0;  // of the first round nobody knows; it is run anyway
    while (files_.rounds() < settings_.most_rounds && !IsDecided()) {
      const double used_s = NsToSeconds(NowNs() - start_ns);
      if (settings_.budget_s && last_s > 0 &&
          used_s + last_s > *settings_.budget_s) {
        result_.out_of_time = true;
        break;
      }
      RunOne();
      last_s = NsToSeconds(NowNs() - start_ns) - used_s;
      if (looks_.IsLook(files_.rounds(), tests())) Look();
      tell(fmt::format("round {} of {} at most, {}: {} of {} open",
                       files_.rounds(), settings_.most_rounds,
                       FormatSeconds(last_s),
                       is_looked_at_ ? open_.size() : tests(), tests()));
    }
    Look();
    result_.rounds = files_.rounds();
    result_.open = open_.size();
    return std::move(result_);
  }

 private:
  std::size_t tests() const {
    return std::min(baseline_.all().size(), now_.all().size());
  }
  bool IsDecided() const { return is_looked_at_ && open_.empty(); }

  void RunOne() {
    const std::string before_csv = files_.NewRoundFile("baseline");
    const std::string after_csv = files_.NewRoundFile("new");
    const auto run = [this](const Contender& contender,
                            const SideBenchmarks& side,
                            const std::string& csv) {
      RunRound(contender,
               {.names = is_looked_at_ ? side.Of(open_) : Names(), .csv = csv});
    };
    const bool new_first = NewComesFirst(files_.rounds());
    if (new_first) run(settings_.now, now_, after_csv);
    run(settings_.baseline, baseline_, before_csv);
    if (!new_first) run(settings_.now, now_, after_csv);
    files_.AddRound(before_csv, after_csv);
  }

  void Look() {
    result_.comparison = CompareInPairs(files_.baseline(), files_.now(),
                                        settings_.compare, looks_);
    open_ = OpenNames(result_.comparison);
    is_looked_at_ = files_.rounds() >= looks_.FewestRounds(tests());
  }

  const AlternationSettings& settings_;
  SideBenchmarks baseline_;
  SideBenchmarks now_;
  AlternationFiles files_;
  Looks looks_;
  Alternation result_;
  std::set<std::string> open_;
  bool is_looked_at_ = false;  ///< with rounds enough to decide anything
};

}  // namespace

Alternation Alternate(const AlternationSettings& settings,
                      const std::function<void(const std::string&)>& tell) {
  CheckFlags(settings.baseline.flags);
  CheckFlags(settings.now.flags);
  return Alternating(settings).Run(tell);
}

}  // namespace hybrid
