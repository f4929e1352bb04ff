#include "analysis/rules_hosts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "analysis/break_even.h"
#include "analysis/format_units.h"
#include "analysis/split_result.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// Factor of the time that waiting for this share of it costs.
double LossOf(const std::optional<double>& share) {
  return 1 / (1 - std::clamp(share.value_or(0), 0.0, 0.99));
}

/// ", 9 ranges a batch"; empty where that was not told.
std::string RangesText(const SplitResult& split) {
  const std::optional<double>& ranges = split.evidence.ranges;
  return ranges ? fmt::format(", {:.3g} ranges a batch", *ranges)
                : std::string();
}

}  // namespace

std::optional<Finding> SlowerHost(const RuleInput& input) {
  const std::optional<SlowHost> slow = FindSlowHost(input.hosts);
  const auto has_it = [&](const SplitResult& split) {
    return split.split.host_count == input.hosts.size();
  };
  if (!slow || !has_it(input.split)) return std::nullopt;
  const auto loss = [&](const SplitResult& split) {
    return has_it(split) ? slow->Loss() : 1;
  };
  return Finding{Cause::kSlowHost, LossOverBest(input, loss), slow->Text()};
}

std::optional<Finding> Starved(const RuleInput& input) {
  const std::optional<double>& share = input.split.evidence.starved_share;
  if (!share || *share < kHostsWait) return std::nullopt;
  const auto loss = [](const SplitResult& split) {
    return LossOf(split.evidence.starved_share);
  };
  return Finding{
      Cause::kStarved, LossOverBest(input, loss),
      fmt::format("starved for work: the slowest host's workers waited {} of "
                  "the wall time for tasks still to come{}",
                  FormatPercent(*share), RangesText(input.split))};
}

std::optional<Finding> FarHosts(const RuleInput& input) {
  const Evidence& evidence = input.split.evidence;
  const std::optional<double>& share = evidence.network_share;
  if (!share || *share < kHostsWait || !evidence.gate_s || !evidence.report_s) {
    return std::nullopt;
  }
  const auto loss = [](const SplitResult& split) {
    return LossOf(split.evidence.network_share);
  };
  return Finding{
      Cause::kFarHosts, LossOverBest(input, loss),
      fmt::format("the network: the slowest host's gate took {} and its report "
                  "{}, {} of the wall time{}",
                  FormatSeconds(*evidence.gate_s),
                  FormatSeconds(*evidence.report_s), FormatPercent(*share),
                  RangesText(input.split))};
}

std::optional<Finding> AgentsNotRepaid(const RuleInput& input) {
  if (input.split.split.host_count < 2 || input.one_host == nullptr) {
    return std::nullopt;
  }
  const SplitResult& one_host = *input.one_host;
  const std::optional<std::uint64_t> tasks =
      BreakEvenTasks(input.key, input.split, one_host);
  if (!tasks || *tasks <= input.key.batch) return std::nullopt;
  const double with_start =
      *input.split.evidence.start_s + *input.split.median_s;
  const double alone = *one_host.evidence.start_s + *one_host.median_s;
  return Finding{
      Cause::kStartNotRepaid, std::max(1.0, with_start / alone),
      fmt::format("start-up of the agents not repaid by {} tasks, but from {} "
                  "on: {} with it, {} on one host {}",
                  input.key.batch, *tasks, FormatSeconds(with_start),
                  SplitText(one_host.split), FormatSeconds(alone))};
}

}  // namespace hybrid
