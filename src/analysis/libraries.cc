#include "analysis/libraries.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "analysis/format_units.h"
#include "base/contains.h"
#include "base/text.h"
#include "blas/blas_files.h"
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

double TimeOfBest(const Answer& answer) { return *answer.best()->median_s; }

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

/// Whether the library of `way` is `system`, what other programs load. That is
/// recorded under the name of its build: `blis` is the OpenMP one's.
bool IsSystems(const Way& way, const std::string& system) {
  const std::string& blas = LibraryOf(way);
  return !system.empty() &&
         (blas == kBlis ? system == "blis-openmp" : blas == system);
}

/// Whether nobody has to do anything to run this library, in order: 2 for the
/// system's own, 1 for this suite's default.
int Convenience(const LibraryTally& tally, const std::string& system) {
  if (IsSystems(*tally.way, system)) return 2;
  return LibraryOf(*tally.way) == kBlis ? 1 : 0;
}

/// One library's answer for some n and batch.
struct LibraryEntry {
  const Way* way;
  const Answer* answer;
};

/// Counts `entry` among those that ran the same n and batch.
void CountEntry(const LibraryEntry& entry,
                std::span<const LibraryEntry> entries, LibraryTally& tally) {
  const LibraryEntry fastest =
      *std::min_element(entries.begin(), entries.end(),
                        [](const LibraryEntry& a, const LibraryEntry& b) {
                          return TimeOfBest(*a.answer) < TimeOfBest(*b.answer);
                        });
  const double ratio = TimeOfBest(*entry.answer) / TimeOfBest(*fastest.answer);
  ++tally.groups;
  if (ratio <= 1 + FloorOf(*entry.answer)) ++tally.fastest;
  if (ratio <= tally.behind && tally.fastest_there != nullptr) return;
  tally.behind = ratio;
  tally.fastest_there = fastest.way;
  tally.furthest_behind = entry.answer;
}

/// Sets how `tally` stands beside the best library.
void CompareWithBest(const Way& best, LibraryTally& tally) {
  const std::map<Place, const Answer*> times = TimesOf(best);
  for (const auto& [place, answer] : TimesOf(*tally.way)) {
    const auto same = times.find(place);
    if (same == times.end()) continue;
    ++tally.shared;
    const double ratio = TimeOfBest(*answer) / TimeOfBest(*same->second);
    if (std::max(ratio, 1 / ratio) <= 1 + FloorOf(*answer)) {
      ++tally.ties;
      continue;
    }
    tally.least = std::min(tally.least, ratio);
    tally.most = std::max(tally.most, ratio);
  }
}

/// The best one first.
void SortTallies(LibraryContest& contest) {
  std::sort(contest.begin(), contest.end(),
            [](const LibraryTally& a, const LibraryTally& b) {
              return a.fastest != b.fastest ? a.fastest > b.fastest
                     : a.behind != b.behind ? a.behind < b.behind
                                            : a.way->library < b.way->library;
            });
  const std::string system = SystemBlasOf(contest);
  const LibraryTally& first = contest.front();
  if (first.fastest < first.groups) return;
  // All that no other beats anywhere are as good.
  const auto end = std::find_if(
      contest.begin(), contest.end(), [groups = first.groups](const auto& one) {
        return one.fastest < one.groups || one.groups < groups;
      });
  std::stable_sort(contest.begin(), end,
                   [&system](const LibraryTally& a, const LibraryTally& b) {
                     return Convenience(a, system) > Convenience(b, system);
                   });
}

LibraryContest Contest(std::span<const Way* const> rivals) {
  std::map<Place, std::vector<LibraryEntry>> places;
  for (const Way* const way : rivals) {
    for (const auto& [place, answer] : TimesOf(*way)) {
      places[place].push_back({way, answer});
    }
  }
  std::map<const Way*, LibraryTally> tallies;
  for (const auto& [place, entries] : places) {
    if (entries.size() < 2) continue;
    for (const LibraryEntry& entry : entries) {
      LibraryTally& tally = tallies[entry.way];
      tally.way = entry.way;
      CountEntry(entry, entries, tally);
    }
  }
  LibraryContest contest;
  for (const auto& [way, tally] : tallies) contest.push_back(tally);
  if (contest.empty()) return contest;
  SortTallies(contest);
  for (LibraryTally& tally : contest) {
    CompareWithBest(*contest.front().way, tally);
  }
  return contest;
}

/// "2.0×", "1.20× to 2.0×".
std::string RatioRangeText(double least, double most) {
  const std::string from = FormatRatio(least);
  const std::string to = FormatRatio(most);
  return from == to ? to : fmt::format("{} to {}", from, to);
}

/// "netlib, this system's, takes 6.8× the time", "blis ties in 1, else takes
/// 1.20× to 2.0× the time".
std::string OtherLibraryText(const LibraryTally& other,
                             const std::string& system) {
  const bool is_systems = IsSystems(*other.way, system);
  const std::string name = fmt::format("{}{}", other.way->library,
                                       is_systems ? ", this system's," : "");
  if (other.shared == 0) {
    return fmt::format("{} was measured elsewhere", name);
  }
  if (other.ties == other.shared) return fmt::format("{} ties", name);
  return fmt::format("{} {}{} the time", name,
                     other.ties == 0
                         ? "takes "
                         : fmt::format("ties in {}, else takes ", other.ties),
                     RatioRangeText(other.least, other.most));
}

/// "is fastest in 2 of 4, else takes up to 2.0× the time of blis (n=64
/// batch=8)".
std::string LibraryVerdictText(const LibraryContest& contest) {
  const LibraryTally& best = contest.front();
  const bool tied = std::any_of(contest.begin() + 1, contest.end(),
                                [](const auto& one) { return one.ties > 0; });
  std::string text =
      fmt::format("is fastest{} in {} of {}", tied ? " or tied" : "",
                  best.fastest, best.groups);
  if (best.fastest == best.groups) return text;
  return fmt::format("{}, else takes up to {} the time of {} ({})", text,
                     FormatRatio(best.behind), best.fastest_there->library,
                     TasksText(best.furthest_behind->key));
}

/// "7 others tie or take up to 2.5× the time" of those from `first` on.
std::string OtherLibrariesText(std::span<const LibraryTally* const> others,
                               bool are_all) {
  double most = 0;
  for (const LibraryTally* const other : others) {
    most = std::max(most, other->most);
  }
  std::string count = are_all ? Counted(others.size(), "other")
                              : fmt::format("{} more", others.size());
  if (most <= 1) return count;
  return fmt::format("{} up to {}", count, FormatRatio(most));
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

std::vector<std::string> ContestLabels(
    std::span<const LibraryContest> contests) {
  std::vector<Way> ways;
  for (const LibraryContest& contest : contests) {
    Way& way = ways.emplace_back(*contest.front().way);
    std::erase(way.conditions, way.library);
  }
  std::vector<std::string> labels;
  labels.reserve(ways.size());
  for (const Way& way : ways) labels.push_back(WayText(way, ways));
  return labels;
}

std::string WinnerText(const LibraryContest& contest) {
  const Way& best = *contest.front().way;
  const std::vector<std::string> kernels = BestKernels(best);
  return fmt::format(
      "{}{}{}", best.library,
      IsSystems(best, SystemBlasOf(contest)) ? ", this system's," : "",
      kernels.empty()
          ? ""
          : fmt::format(" with {} kernels", fmt::join(kernels, ", ")));
}

std::string ContestText(const LibraryContest& contest,
                        std::size_t most_others) {
  const std::string system = SystemBlasOf(contest);
  std::vector<const LibraryTally*> others;
  for (auto other = contest.begin() + 1; other != contest.end(); ++other) {
    others.push_back(&*other);
  }
  const std::size_t named = std::min(most_others, others.size());
  if (named < others.size()) {
    std::stable_partition(others.begin(), others.end(),
                          [&system](const LibraryTally* other) {
                            return IsSystems(*other->way, system);
                          });
  }
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < named; ++i) {
    texts.push_back(OtherLibraryText(*others[i], system));
  }
  if (named < others.size()) {
    texts.push_back(
        OtherLibrariesText(std::span(others).subspan(named), named == 0));
  }
  return fmt::format("{} {}; {}", WinnerText(contest),
                     LibraryVerdictText(contest), fmt::join(texts, ", "));
}

std::string JoinedContestText(std::span<const LibraryContest> contests) {
  const std::string system = SystemBlasOf(contests.front());
  std::size_t fastest = 0;
  std::size_t groups = 0;
  const LibraryTally* worst = &contests.front().front();
  const LibraryTally* systems = nullptr;
  double most = 1;
  for (const LibraryContest& contest : contests) {
    fastest += contest.front().fastest;
    groups += contest.front().groups;
    if (contest.front().behind > worst->behind) worst = &contest.front();
    for (const LibraryTally& other : std::span(contest).subspan(1)) {
      const bool is_systems = IsSystems(*other.way, system);
      if (is_systems && (systems == nullptr || other.most > systems->most)) {
        systems = &other;
      }
      if (!is_systems) most = std::max(most, other.most);
    }
  }
  std::vector<std::string> parts{
      fmt::format("{} is fastest or tied in {} of {}",
                  WinnerText(contests.front()), fastest, groups)};
  if (fastest < groups) {
    parts[0] +=
        fmt::format(", else takes up to {} the time of {}",
                    FormatRatio(worst->behind), worst->fastest_there->library);
  }
  if (systems != nullptr && systems->most > 1) {
    parts.push_back(fmt::format("{}, this system's, up to {}",
                                systems->way->library,
                                FormatRatio(systems->most)));
  }
  if (most > 1) {
    parts.push_back(fmt::format("others up to {}", FormatRatio(most)));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace hybrid
