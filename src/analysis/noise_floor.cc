#include "analysis/noise_floor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "analysis/evidence.h"
#include "analysis/format_units.h"
#include "analysis/group_key.h"
#include "analysis/groups.h"
#include "analysis/launches.h"
#include "base/text.h"
#include "key/key_text.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

constexpr std::size_t kResamples = 2000;
constexpr double kQuantile = 0.95;

/// One configuration measured against itself.
struct Duel {
  GroupKey key;
  Split split;
  std::vector<NoisePair> pairs;
  std::optional<double> floor;
};

/// Pairs what has the same run and number; a repetition that has no partner,
/// because a run was interrupted, doesn't count.
std::vector<NoisePair> PairRepetitions(const std::vector<const Row*>& a,
                                       const std::vector<const Row*>& b) {
  const auto completed = [](const Row* row) {
    return row->status == Status::kOk && HasTime(*row);
  };
  const auto number = [](const Row* row) {
    return std::tuple(row->run_id, row->repetition);
  };
  std::map<std::tuple<std::string, std::uint64_t>, double> partners;
  for (const Row* const row : b) {
    if (completed(row)) partners[number(row)] = *row->wall_s;
  }
  std::vector<NoisePair> pairs;
  for (const Row* const row : a) {
    const auto partner = partners.find(number(row));
    if (completed(row) && partner != partners.end()) {
      pairs.push_back({*row->wall_s, partner->second});
    }
  }
  return pairs;
}

std::vector<const Row*> OfVariant(const std::vector<const Row*>& rows,
                                  std::string_view variant) {
  std::vector<const Row*> side;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(side),
               [&](const Row* row) { return row->variant == variant; });
  return side;
}

std::vector<Duel> FindDuels(std::span<const Row> rows) {
  std::vector<Duel> duels;
  for (const auto& [key, splits] : GroupRows(rows, Family::kNoise)) {
    for (const auto& [split, both] : splits) {
      const std::vector<const Row*> a = OfVariant(both, kNoiseA);
      if (a.empty()) continue;
      Duel& duel = duels.emplace_back();
      duel.key = key;
      duel.split = split;
      duel.pairs = PairRepetitions(a, OfVariant(both, kNoiseB));
      duel.floor = BootstrapFloor(duel.pairs);
    }
  }
  return duels;
}

/// The rows of each run alone: launches of one run are a race.
std::map<std::string_view, SplitRows> ByRun(const SplitRows& rows) {
  std::map<std::string_view, SplitRows> runs;
  for (const auto& [split, its_rows] : rows) {
    for (const Row* const row : its_rows) {
      runs[row->run_id][split].push_back(row);
    }
  }
  return runs;
}

}  // namespace

std::optional<double> BootstrapFloor(std::span<const NoisePair> pairs) {
  if (pairs.size() < kFewestSamples) return std::nullopt;
  // Not std::uniform_int_distribution, whose numbers differ between standard
  // libraries. The remainder's bias is beyond what a few pairs can show.
  std::mt19937_64 random(1979);  // NOLINT(cert-msc51-cpp)
  std::vector<double> differences(kResamples);
  std::vector<double> a(pairs.size());
  std::vector<double> b(pairs.size());
  for (double& difference : differences) {
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const NoisePair& pair = pairs[random() % pairs.size()];
      a[i] = pair.a_s;
      b[i] = pair.b_s;
    }
    difference = std::abs(*Median(a) / *Median(b) - 1);
  }
  std::sort(differences.begin(), differences.end());
  const auto rank =
      std::ceil(kQuantile * static_cast<double>(differences.size()));
  return differences[static_cast<std::size_t>(rank) - 1];
}

std::vector<NoiseFloor> FindNoiseFloors(std::span<const Row> rows) {
  std::vector<NoiseFloor> floors;
  const auto add = [&floors](const GroupKey& key,
                             const std::optional<double>& floor) {
    if (!floor) return;
    const auto place = std::find_if(
        floors.begin(), floors.end(), [&](const NoiseFloor& other) {
          return other.host == key.host && other.n == key.n;
        });
    if (place == floors.end()) {
      floors.push_back({key.host, key.n, *floor});
    } else {
      place->floor = std::max(place->floor, *floor);
    }
  };
  for (const Duel& duel : FindDuels(rows)) add(duel.key, duel.floor);
  for (const auto& [key, splits] : GroupRows(rows, Family::kHybrid)) {
    for (const auto& [run_id, rows_of_run] : ByRun(splits)) {
      const std::optional<GroupStatement> launched =
          FindStatement(key, rows_of_run);
      if (launched) add(key, LaunchFloor(launched->statement));
    }
  }
  return floors;
}

std::optional<NoiseFloor> FloorFor(std::span<const NoiseFloor> floors,
                                   const std::string& host, std::uint64_t n) {
  std::optional<NoiseFloor> largest;
  for (const NoiseFloor& floor : floors) {
    if (floor.host != host) continue;
    if (floor.n == n) return floor;
    if (!largest || floor.floor > largest->floor) largest = floor;
  }
  return largest;
}

std::string FloorText(const NoiseFloor& floor) {
  const std::string share = FormatPercent(floor.floor);
  return floor.n > 0 ? fmt::format("{} (n={})", share, floor.n) : share;
}

std::string NoiseText(std::span<const Row> rows) {
  const std::vector<Duel> duels = FindDuels(rows);
  if (duels.empty()) return {};
  std::string text =
      "Noise floor: the same configuration against itself (A/A); of real "
      "comparisons, differences\nbelow it mean nothing\n";
  for (const Duel& duel : duels) {
    text += fmt::format("  {}  {}  {}   ", duel.key.operation,
                        TasksText(duel.key, "  "), SplitText(duel.split));
    text += duel.floor
                ? fmt::format("{} ({})\n", FormatPercent(*duel.floor),
                              Counted(duel.pairs.size(), "pair"))
                : fmt::format(
                      "not known: {} of completed repetitions, {} are needed\n",
                      Counted(duel.pairs.size(), "pair"), kFewestSamples);
  }
  return text;
}

}  // namespace hybrid
