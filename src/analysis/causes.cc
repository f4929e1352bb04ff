#include "analysis/causes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analysis/evidence.h"
#include "analysis/format_units.h"
#include "analysis/rules_batch.h"
#include "analysis/rules_cores.h"
#include "analysis/rules_hosts.h"
#include "analysis/rules_machine.h"
#include "base/text.h"

namespace hybrid {
namespace {

using Rule = std::optional<Finding> (*)(const RuleInput&);

/// In the order of Cause, since of equal findings the first is named.
/// CrowdedOut finds kDisturbed, but by the evidence of Oversubscribed.
constexpr std::array<Rule, 16> kRules = {
    Oversubscribed, CrowdedOut,      TakingTurns,   FewerThreads,
    ThreadsTooFine, LoadNotParallel, SharedProcess, Imbalance,
    SlowerHost,     Starved,         FarHosts,      MemoryBound,
    CoresIdle,      SlowerKernels,   Disturbed,     Waiting};

/// A partial explanation below this factor is not worth a word.
constexpr double kWorthNaming = 1.05;

/// At most this many partial explanations are named.
constexpr std::size_t kMostParts = 2;

/// The part of the slowdown's logarithm that a cause explains, from 0 to 1.
double PartExplained(double severity, double slowdown) {
  if (severity <= 1) return 0;
  if (severity >= slowdown) return 1;
  return std::log(severity) / std::log(slowdown);
}

/// What can be said without a dominant cause; `findings` by severity.
Finding Unknown(const RuleInput& input, std::span<const Finding> findings,
                double slowdown) {
  std::string text = "no dominant cause in the evidence";
  if (HasTooManyThreads(input, input.split)) {
    text += fmt::format(
        "; {:.0f} threads share {}", ThreadsOf(SplitAtWork(input.split)),
        Counted(input.key.usable_cores * input.split.split.host_count, "core"));
    if (!input.split.evidence.run_delay) {
      text += ", their waits were not measured";
    }
  }
  for (std::size_t i = 0; i < std::min(findings.size(), kMostParts); ++i) {
    if (findings[i].severity < kWorthNaming) break;
    text += "; ";
    if (i == 0 && std::isfinite(slowdown) && slowdown > 1) {
      text += fmt::format("of {}: ", FormatRatio(slowdown));
    }
    text += fmt::format("{} {}", FormatRatio(findings[i].severity),
                        findings[i].text);
  }
  return {Cause::kUnknown, 1, text};
}

}  // namespace

Finding DominantCause(const RuleInput& input) {
  const double slowdown = Slowness(input.split);
  std::vector<Finding> findings;
  for (const Rule rule : kRules) {
    if (std::optional<Finding> finding = rule(input)) {
      finding->severity = std::min(finding->severity, slowdown);
      findings.push_back(*std::move(finding));
    }
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) {
                     return a.severity > b.severity;
                   });
  const auto explained_by = [&](std::size_t i) {
    return i < findings.size() && slowdown > 1
               ? PartExplained(findings[i].severity, slowdown)
               : 0;
  };
  const double first = explained_by(0);
  const double second = explained_by(1);
  if (first >= kDominantPart) {
    Finding dominant = findings[0];
    if (first < kMostOfIt && second >= kSecondPart) {
      dominant.text += "; also " + findings[1].text;
    }
    return dominant;
  }
  if (second < kSecondPart || first + second < kDominantPart) {
    return Unknown(input, findings, slowdown);
  }
  // Neither is dominant alone, but both together are.
  Finding both = findings[0];
  both.text = fmt::format("{} ({}); and {} ({})", findings[0].text,
                          FormatRatio(findings[0].severity), findings[1].text,
                          FormatRatio(findings[1].severity));
  return both;
}

Finding WithinNoise(const SplitResult& split,
                    const std::optional<NoiseFloor>& floor) {
  if (floor && split.slowdown && *split.slowdown - 1 <= floor->floor) {
    return {Cause::kWithinNoise, 1,
            "below the noise floor of " + FormatPercent(floor->floor)};
  }
  return {Cause::kWithinNoise, 1,
          split.p_value ? fmt::format("p = {:.2f}", *split.p_value)
                        : std::string("within noise")};
}

}  // namespace hybrid
