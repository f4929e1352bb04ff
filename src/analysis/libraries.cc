#include "analysis/libraries.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "analysis/format_units.h"
#include "base/contains.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// Libraries are not told apart below this, unless the noise is known.
constexpr double kUsualFloor = 0.03;

using Place = std::pair<std::uint64_t, std::uint64_t>;

/// What rivals have in common.
GroupKey WithoutLibrary(const Way& way) {
  GroupKey key = way.answers.front()->key;
  key.blas.clear();
  key.blas_version.clear();
  key.n = 0;
  key.batch = 0;
  return key;
}

const std::string& LibraryOf(const Way& way) {
  return way.answers.front()->key.blas;
}

/// The best time of each n and batch.
std::map<Place, const Answer*> TimesOf(const Way& way) {
  std::map<Place, const Answer*> times;
  for (const Answer* answer : way.answers) {
    const SplitResult* const best = answer->best();
    if (best == nullptr || !best->median_s) continue;
    times.emplace(Place(answer->key.n, answer->key.batch), answer);
  }
  return times;
}

double TimeOf(const Answer& answer) { return *answer.best()->median_s; }

/// What is no difference in this group.
double FloorOf(const Answer& answer) {
  return std::max(kUsualFloor,
                  answer.noise_floor ? answer.noise_floor->floor : 0.0);
}

/// The kernels of the best splits, each once.
std::vector<std::string> BestKernels(const Way& way) {
  std::vector<std::string> kernels;
  for (const auto& [place, answer] : TimesOf(way)) {
    const std::string& ran = answer->best()->kernels;
    if (!ran.empty() && !Contains(kernels, ran)) kernels.push_back(ran);
  }
  return kernels;
}

/// The library that other programs load there; empty if not recorded.
std::string SystemBlasOf(const LibraryContest& contest) {
  for (const Answer* const answer : contest.front().way->answers) {
    for (const SplitResult& split : answer->splits) {
      if (!split.system_blas.empty()) return split.system_blas;
    }
  }
  return {};
}

LibraryContest Contest(std::span<const Way* const> rivals) {
  std::map<const Way*, LibraryTally> tallies;
  std::map<Place, std::vector<std::pair<const Way*, const Answer*>>> places;
  for (const Way* const way : rivals) {
    tallies[way].way = way;
    tallies[way].least = std::numeric_limits<double>::infinity();
    for (const auto& [place, answer] : TimesOf(*way)) {
      places[place].emplace_back(way, answer);
    }
  }
  for (const auto& [place, entries] : places) {
    if (entries.size() < 2) continue;
    const auto fastest = std::min_element(
        entries.begin(), entries.end(), [](const auto& a, const auto& b) {
          return TimeOf(*a.second) < TimeOf(*b.second);
        });
    for (const auto& [way, answer] : entries) {
      LibraryTally& tally = tallies[way];
      const double ratio = TimeOf(*answer) / TimeOf(*fastest->second);
      ++tally.groups;
      if (ratio <= 1 + FloorOf(*answer)) ++tally.fastest;
      tally.least = std::min(tally.least, ratio);
      tally.most = std::max(tally.most, ratio);
    }
  }
  LibraryContest contest;
  for (const auto& [way, tally] : tallies) {
    if (tally.groups > 0) contest.push_back(tally);
  }
  std::sort(contest.begin(), contest.end(),
            [](const LibraryTally& a, const LibraryTally& b) {
              return a.fastest != b.fastest ? a.fastest > b.fastest
                     : a.most != b.most     ? a.most < b.most
                                        : LibraryOf(*a.way) < LibraryOf(*b.way);
            });
  return contest;
}

}  // namespace

std::vector<LibraryContest> CompareLibraries(std::span<const Way> ways) {
  std::vector<LibraryContest> contests;
  std::vector<const Way*> done;
  for (const Way& way : ways) {
    if (std::find(done.begin(), done.end(), &way) != done.end()) continue;
    std::vector<const Way*> rivals;
    for (const Way& other : ways) {
      if (WithoutLibrary(other) == WithoutLibrary(way))
        rivals.push_back(&other);
    }
    done.insert(done.end(), rivals.begin(), rivals.end());
    LibraryContest contest = Contest(rivals);
    if (contest.size() > 1) contests.push_back(std::move(contest));
  }
  return contests;
}

std::vector<Way> WithBestLibraries(std::span<const Way> ways,
                                   std::span<const LibraryContest> contests) {
  const auto loses = [contests](const Way& way) {
    return std::any_of(contests.begin(), contests.end(),
                       [&way](const LibraryContest& contest) {
                         return std::any_of(contest.begin() + 1, contest.end(),
                                            [&way](const LibraryTally& tally) {
                                              return tally.way == &way;
                                            });
                       });
  };
  std::vector<Way> best;
  for (const Way& way : ways) {
    if (!loses(way)) best.push_back(way);
  }
  return best;
}

std::string ContestText(const LibraryContest& contest) {
  const LibraryTally& best = contest.front();
  const std::string system = SystemBlasOf(contest);
  const auto name = [&system](const LibraryTally& tally) {
    const std::string& blas = LibraryOf(*tally.way);
    const std::string text = ShortValue("blas", blas);
    return blas == system ? text + ", this system's," : text;
  };
  std::vector<std::string> others;
  for (auto other = contest.begin() + 1; other != contest.end(); ++other) {
    const std::string least = FormatRatio(other->least);
    const std::string most = FormatRatio(other->most);
    others.push_back(fmt::format("{} takes {}{} the time", name(*other),
                                 least == most ? "" : least + " to ", most));
  }
  const std::vector<std::string> kernels = BestKernels(*best.way);
  return fmt::format("{}{} is fastest in {} of {}; {}", name(best),
                     kernels.empty() ? ""
                                     : fmt::format(" with {} kernels",
                                                   fmt::join(kernels, ", ")),
                     best.fastest, best.groups, fmt::join(others, ", "));
}

}  // namespace hybrid
