#include "analysis/hosts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

#include "analysis/format_units.h"
#include "analysis/split_result.h"
#include "base/text.h"
#include "key/key_text.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

/// Of the splits, and of the n with a bound of their own, no more are named.
constexpr std::size_t kMostNamed = 3;

/// Whether `answer` has ranked splits of one host and of several.
bool ComparesHosts(const Answer& answer) {
  const bool has_several = std::any_of(
      answer.splits.begin(), answer.splits.end(), [](const SplitResult& split) {
        return split.split.host_count > 1 && CanBeRanked(split);
      });
  return has_several && answer.best() != nullptr &&
         answer.best_of_one_host() != nullptr &&
         !ComputesNothing(answer.key.operation);
}

/// Whether one host is as fast as any number of them.
bool IsOneEnough(const Answer& answer) {
  return std::any_of(answer.splits.begin(), answer.splits.end(),
                     [](const SplitResult& split) {
                       return split.split.host_count == 1 &&
                              (split.verdict == Verdict::kBest ||
                               split.verdict == Verdict::kTie);
                     });
}

/// Whether the best of one host is slower beyond noise.
bool IsOneSlower(const Answer& answer) {
  return answer.best_of_one_host()->verdict == Verdict::kLoser;
}

void CountGain(const Answer& answer, std::vector<HostsTally>& tallies) {
  const SplitResult& use = *answer.recommended();
  const std::optional<double> speedup = SpeedupOverOneHost(answer, use);
  if (!IsOneSlower(answer) || !speedup) return;
  auto tally = std::find_if(
      tallies.begin(), tallies.end(),
      [&use](const HostsTally& one) { return one.split == use.split; });
  if (tally == tallies.end()) {
    tallies.push_back({use.split, 0, *speedup, *speedup});
    tally = tallies.end() - 1;
  }
  ++tally->groups;
  tally->least = std::min(tally->least, *speedup);
  tally->most = std::max(tally->most, *speedup);
}

/// The bound of one n, whose batches go from the smallest to the largest;
/// nothing if one host isn't enough for the smallest.
std::optional<EnoughBatch> EnoughOf(
    std::uint64_t n, const std::map<std::uint64_t, bool>& is_enough) {
  std::optional<EnoughBatch> bound;
  for (const auto& [batch, enough] : is_enough) {
    if (!enough) return bound;
    bound = EnoughBatch{n, batch, false};
  }
  if (bound) bound->is_all = true;
  return bound;
}

/// "3.7× one host (92 %)", "1.9× to 3.7× one host (48 % to 92 %)".
std::string OverOneHostText(const HostsTally& tally) {
  const std::string most = FormatRatio(tally.most);
  const std::string least = FormatRatio(tally.least);
  const std::string efficiency = FormatPercent(tally.EfficiencyOf(tally.most));
  if (least == most) return fmt::format("{} one host ({})", most, efficiency);
  return fmt::format("{} to {} one host ({} to {})", least, most,
                     FormatPercent(tally.EfficiencyOf(tally.least)),
                     efficiency);
}

/// "at batch ≤ 200 one host is enough"; of several n each with its bound.
std::string EnoughText(const std::vector<EnoughBatch>& bounds,
                       std::size_t n_count) {
  const auto of_batch = [](const EnoughBatch& bound) {
    return fmt::format("batch ≤ {}", bound.batch);
  };
  const EnoughBatch& first = bounds.front();
  const bool is_same =
      bounds.size() == n_count &&
      std::all_of(bounds.begin(), bounds.end(), [&](const EnoughBatch& one) {
        return one.batch == first.batch && one.is_all == first.is_all;
      });
  if (is_same) return fmt::format("at {} one host is enough", of_batch(first));
  std::vector<std::string> items;
  for (const EnoughBatch& bound : bounds) {
    if (items.size() == kMostNamed) {
      items.emplace_back("others: --why");
      break;
    }
    items.push_back(
        fmt::format("n={}{}", bound.n,
                    bound.is_all ? std::string() : ", " + of_batch(bound)));
  }
  return fmt::format("one host is enough at {}", fmt::join(items, "; "));
}

/// "gate 120 µs, report 80 µs, starved 3.1 ms, 9 ranges".
std::string WaitsText(const Evidence& evidence) {
  std::vector<std::string> parts;
  const auto add = [&parts](const char* what,
                            const std::optional<double>& seconds) {
    if (!seconds) return;
    parts.push_back(fmt::format("{} {}", what, FormatSeconds(*seconds)));
  };
  add("gate", evidence.gate_s);
  add("report", evidence.report_s);
  add("starved", evidence.starved_s);
  if (evidence.ranges) {
    parts.push_back(fmt::format("{:.3g} ranges", *evidence.ranges));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// HostsText, but for a slow host.
std::string GainOfHosts(const HostsVerdict& verdict) {
  if (verdict.tallies.empty()) {
    if (verdict.enough == verdict.groups) {
      return verdict.groups == 1
                 ? std::string("one host is enough")
                 : fmt::format("one host is enough in all {} groups",
                               verdict.groups);
    }
    return verdict.enough == 0
               ? std::string("not known whether several beat one")
               : fmt::format(
                     "one host is enough in {} of {} groups, else not known",
                     verdict.enough, verdict.groups);
  }
  std::vector<std::string> parts;
  for (const HostsTally& tally : verdict.tallies) {
    if (parts.size() == kMostNamed) break;
    std::string text =
        fmt::format("{}: {}", SplitText(tally.split), OverOneHostText(tally));
    if (tally.groups < verdict.groups) {
      text += fmt::format(" in {} of {}", tally.groups,
                          Counted(verdict.groups, "group"));
    }
    parts.push_back(std::move(text));
  }
  if (!verdict.enough_up_to.empty()) {
    parts.push_back(EnoughText(verdict.enough_up_to, verdict.n_count));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace

std::optional<double> SpeedupOverOneHost(const Answer& answer,
                                         const SplitResult& split) {
  const SplitResult* const one = answer.best_of_one_host();
  if (one == nullptr || !one->median_s || !split.median_s || !one->slowdown ||
      !split.slowdown) {
    return std::nullopt;
  }
  return *one->slowdown / *split.slowdown;
}

std::optional<HostsVerdict> CompareHosts(
    std::span<const Answer* const> answers) {
  HostsVerdict verdict;
  std::map<std::uint64_t, std::map<std::uint64_t, bool>> is_enough;
  for (const Answer* const answer : answers) {
    if (!ComparesHosts(*answer)) continue;
    ++verdict.groups;
    if (!verdict.slow) verdict.slow = FindSlowHost(answer->hosts);
    const bool enough = IsOneEnough(*answer);
    is_enough[answer->key.n][answer->key.batch] = enough;
    if (enough) {
      ++verdict.enough;
    } else {
      CountGain(*answer, verdict.tallies);
    }
  }
  if (verdict.groups == 0) return std::nullopt;
  std::stable_sort(verdict.tallies.begin(), verdict.tallies.end(),
                   [](const HostsTally& a, const HostsTally& b) {
                     return a.groups != b.groups ? a.groups > b.groups
                                                 : a.most > b.most;
                   });
  for (const auto& [n, batches] : is_enough) {
    if (const auto bound = EnoughOf(n, batches)) {
      verdict.enough_up_to.push_back(*bound);
    }
  }
  verdict.n_count = is_enough.size();
  return verdict;
}

std::string HostsText(const HostsVerdict& verdict) {
  const std::string gain = GainOfHosts(verdict);
  return verdict.slow ? fmt::format("{}; {}", gain, verdict.slow->Text())
                      : gain;
}

std::string HostsLines(const Answer& answer) {
  // The fastest of each number of hosts, since they are in that order.
  std::map<std::uint64_t, const SplitResult*> fastest;
  for (const SplitResult& split : answer.splits) {
    if (split.split.host_count == 1 || !split.median_s) continue;
    fastest.try_emplace(split.split.host_count, &split);
  }
  std::string text;
  for (const auto& [hosts, split] : fastest) {
    std::vector<std::string> parts;
    if (const auto speedup = SpeedupOverOneHost(answer, *split)) {
      parts.push_back(OverOneHostText({split->split, 1, *speedup, *speedup}));
    }
    const std::string waits = WaitsText(split->evidence);
    if (!waits.empty()) parts.push_back("the slowest host: " + waits);
    if (parts.empty()) continue;
    text += FormatParagraph(
        FormatLabel(text.empty() ? "hosts" : ""),
        fmt::format("{}  {}", SplitText(split->split), fmt::join(parts, "; ")));
  }
  return text;
}

}  // namespace hybrid
