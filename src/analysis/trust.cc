#include "analysis/trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "analysis/advice.h"
#include "analysis/format_units.h"
#include "analysis/libraries.h"
#include "analysis/missed_chance.h"
#include "analysis/ways.h"
#include "base/text.h"
#include "key/key_text.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

bool IsDisturbed(const SplitResult& split) {
  return split.verdict == Verdict::kDisturbed ||
         (split.completed > 0 && split.disturbed == split.completed);
}

/// A group, and who is the best in it.
struct JudgedGroup {
  const Answer* answer = nullptr;
  const Answer* rival = nullptr;  ///< itself where its library is the best
};

/// The groups of `way` beside those of `best`, which are of the best library.
std::vector<JudgedGroup> GroupsBeside(const Way& way, const Way& best) {
  std::vector<JudgedGroup> groups;
  for (const Answer* const answer : way.answers) {
    for (const Answer* const rival : best.answers) {
      if (rival->key.n == answer->key.n &&
          rival->key.batch == answer->key.batch)
        groups.push_back({answer, rival});
    }
  }
  return groups;
}

/// What the trust is in: the ways with the best libraries, and the groups where
/// they could be wrong.
struct Judged {
  std::vector<Way> ways;            ///< with the best libraries
  std::vector<JudgedGroup> groups;  ///< theirs and those of the others
};

Judged FindJudged(std::span<const Way> ways) {
  const std::vector<LibraryContest> contests = CompareLibraries(ways);
  Judged judged{WithBestLibraries(ways, contests), {}};
  for (const Way& way : judged.ways) {
    for (const Answer* const answer : way.answers) {
      judged.groups.push_back({answer, answer});
    }
  }
  for (const LibraryContest& contest : contests) {
    for (const LibraryTally& loser : std::span(contest).subspan(1)) {
      const auto more = GroupsBeside(*loser.way, *contest.front().way);
      judged.groups.insert(judged.groups.end(), more.begin(), more.end());
    }
  }
  return judged;
}

/// Why too many configurations of `ways` were disturbed to recommend anything;
/// empty if they were not.
std::string AgainstDisturbed(std::span<const Way> ways) {
  std::size_t configurations = 0;
  std::size_t disturbed = 0;
  const SplitResult* example = nullptr;
  for (const Way& way : ways) {
    for (const Answer* const answer : way.answers) {
      for (const SplitResult& split : answer->splits) {
        configurations += split.verdict != Verdict::kNotRun;
        if (!IsDisturbed(split)) continue;
        ++disturbed;
        if (example == nullptr) example = &split;
      }
    }
  }
  if (static_cast<double>(disturbed) <=
      kManyDisturbed * static_cast<double>(configurations)) {
    return {};
  }
  return fmt::format(
      "{} of {} {} disturbed{}", disturbed,
      Counted(configurations, "configuration"), disturbed == 1 ? "was" : "were",
      example->disturbance.empty() ? "" : " (" + example->disturbance + ")");
}

/// What is not known of some groups.
struct Doubt {
  std::size_t groups = 0;  ///< in which a disturbed split may be the best
  std::string example;     ///< the first of them
};

/// `all` are the ways to tell the judged ones from.
Doubt FindDoubt(const Judged& judged, std::span<const Way> all) {
  Doubt doubt;
  for (const JudgedGroup& group : judged.groups) {
    const SplitResult* const split = PossiblyBest(*group.answer, *group.rival);
    if (split == nullptr || doubt.groups++ > 0) continue;
    doubt.example = fmt::format(
        "{} may be the fastest at {}, but was {}", SplitText(split->split),
        GroupName(*group.answer, all), NoVerdictText(*split));
  }
  return doubt;
}

/// Why nothing can be recommended, or nothing.
std::string AgainstAll(const Judged& judged, const Doubt& doubt) {
  if (std::string text = AgainstDisturbed(judged.ways); !text.empty()) {
    return text;
  }
  if (static_cast<double>(doubt.groups) >
      kManyDisturbed * static_cast<double>(judged.groups.size())) {
    return doubt.example;
  }
  const bool any_ranked = std::any_of(
      judged.groups.begin(), judged.groups.end(),
      [](const JudgedGroup& group) { return group.answer->best() != nullptr; });
  return any_ranked ? "" : "no split did any task";
}

/// Whether launches tell how likely it is that the best was missed, in which
/// the noise is.
bool HasChance(const Answer& answer) {
  return answer.launched && answer.launched->statement.chance;
}

/// The largest of the noise floors that the answers were judged by: of all, or
/// of those without a chance.
std::optional<NoiseFloor> LargestFloor(std::span<const Way> ways,
                                       bool without_chance) {
  std::optional<NoiseFloor> largest;
  for (const Way& way : ways) {
    for (const Answer* const answer : way.answers) {
      if (!answer->noise_floor) continue;
      if (without_chance && HasChance(*answer)) continue;
      if (!largest || answer->noise_floor->floor > largest->floor) {
        largest = answer->noise_floor;
      }
    }
  }
  return largest;
}

bool RanTooSeldom(const Way& way) {
  return std::any_of(
      way.answers.begin(), way.answers.end(), [](const Answer* answer) {
        return std::any_of(answer->splits.begin(), answer->splits.end(),
                           [](const SplitResult& split) {
                             return split.verdict == Verdict::kCannotTell;
                           });
      });
}

/// What UnverifiedText says of the first of `ways` of which it says anything.
std::string UnverifiedIn(std::span<const Way> ways) {
  for (const Way& way : ways) {
    for (const Answer* const answer : way.answers) {
      if (auto text = UnverifiedText(*answer); !text.empty()) return text;
    }
  }
  return {};
}

TrustVerdict JudgeTimes(const Judged& judged, std::span<const Way> all) {
  const Doubt doubt = FindDoubt(judged, all);
  const std::string against = AgainstAll(judged, doubt);
  if (!against.empty()) return {Trust::kNone, against};
  if (doubt.groups > 1) {
    return {Trust::kFair,
            fmt::format("{}; so in {} more of {} groups", doubt.example,
                        doubt.groups - 1, judged.groups.size())};
  }
  if (doubt.groups == 1) return {Trust::kFair, doubt.example};
  if (std::string text = WhyMayBeMissed(judged.ways, all); !text.empty()) {
    return {Trust::kFair, text};
  }
  const std::optional<NoiseFloor> floor = LargestFloor(judged.ways, false);
  std::string missed = ChanceMissedText(judged.ways);
  // A race that few were in tells the latter alone.
  if (!floor && missed.empty()) {
    return {Trust::kFair, "the noise floor was not measured"};
  }
  const std::string noise =
      floor ? fmt::format("noise floor {}", FloorText(*floor)) : "";
  if (floor && !missed.empty()) missed = "; " + missed;
  const std::optional<NoiseFloor> alone = LargestFloor(judged.ways, true);
  if (alone && alone->floor > kMuchNoise) {
    return {Trust::kFair,
            fmt::format("noise floor {}: smaller differences are no gain{}",
                        FloorText(*alone), missed)};
  }
  if (std::any_of(judged.ways.begin(), judged.ways.end(), RanTooSeldom)) {
    return {Trust::kFair,
            fmt::format("some splits ran fewer than {} times: what looks "
                        "fastest may be noise",
                        kFewestSamples)};
  }
  return {Trust::kGood, noise + missed};
}

}  // namespace

TrustVerdict JudgeTrust(std::span<const Answer> answers) {
  const std::vector<Way> all = FindWays(answers);
  const Judged judged = FindJudged(all);
  TrustVerdict verdict = JudgeTimes(judged, all);
  if (verdict.trust == Trust::kNone) return verdict;
  const std::string unverified = UnverifiedIn(judged.ways);
  if (!unverified.empty()) verdict.reason += fmt::format("; {}", unverified);
  return verdict;
}

std::string UnverifiedText(const Answer& answer) {
  const bool unverified = std::any_of(
      answer.splits.begin(), answer.splits.end(), [](const SplitResult& split) {
        return split.verified_by.find(kVerifiedByNobody) != std::string::npos;
      });
  if (!unverified) return {};
  // The others have no word for it.
  const bool may_verify =
      answer.key.protocol == "auto" || answer.key.protocol == "lines";
  return fmt::format("nobody verified the results{}",
                     may_verify ? ": give hybridbench.run a verify" : "");
}

}  // namespace hybrid
