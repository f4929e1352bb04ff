#include "output/dry_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/contains.h"
#include "base/text.h"
#include "key/key_text.h"
#include "machine/placement.h"
#include "machine/placement_text.h"
#include "machine/sharing_text.h"
#include "output/context.h"
#include "output/launch_lines.h"
#include "pool/worker_settings.h"
#include "sweep/admission.h"

namespace hybrid {
namespace {

constexpr std::size_t kScreenLines = 24;
constexpr std::size_t kMostValues = 8;   // of an axis
constexpr std::size_t kMostSplits = 60;  // of a list
constexpr std::size_t kMostWorkers = 6;  // of a drawing

/// A split as it would be placed.
using Placed = std::pair<Split, Pin>;

std::vector<Placed> PlacedSplits(const std::vector<Benchmark>& benchmarks,
                                 const Machine& machine) {
  std::vector<Placed> splits;
  for (const Benchmark& benchmark : benchmarks) {
    const Key& key = benchmark.key;
    const Placed placed(key.split(), ResolvePin(key, machine));
    if (!Contains(splits, placed)) splits.push_back(placed);
  }
  return splits;
}

std::vector<CpuList> CoresOf(const Split& split, const Machine& machine) {
  return AssignCores(machine.topology, static_cast<int>(split.workers),
                     static_cast<int>(split.blas_threads));
}

std::string PlacementOf(const Placed& placed, const Machine& machine,
                        std::size_t most_workers) {
  const std::string split = SplitText(placed.first);
  if (placed.second != Pin::kCores) {
    return fmt::format(
        "placement {}  workers run anywhere on the usable CPUs\n", split);
  }
  return fmt::format("placement {}  each worker on cores of its own\n", split) +
         PlacementText(machine.topology, CoresOf(placed.first, machine),
                       most_workers);
}

/// `values` but for those in the middle, where there are more than `most`.
std::vector<std::string> Shortened(std::vector<std::string> values,
                                   std::size_t most) {
  if (values.size() <= most) return values;
  const std::string last = values.back();
  values.resize(most - 2);
  values.emplace_back("…");
  values.push_back(last);
  return values;
}

/// The different values that `keys` have of one part.
struct PartValues {
  KeyPart part;
  std::vector<std::string> values;
};

std::vector<PartValues> ValuesOf(const std::vector<const Key*>& keys) {
  std::vector<PartValues> parts;
  for (const Key* const key : keys) {
    std::size_t place = 0;
    ForEachKey(*key, [&](const KeyPart& part, const auto& field) {
      if (place == parts.size()) parts.push_back({part, {}});
      std::vector<std::string>& values = parts[place++].values;
      const std::string value = KeyValue(field);
      if (!value.empty() && !Contains(values, value)) values.push_back(value);
    });
  }
  return parts;
}

/// `Hybrid 234: gemm n=64,256 batch=8,32`.
std::vector<std::string> FamilyWords(const std::vector<const Key*>& keys) {
  std::vector<std::string> words;
  for (const auto& [part, values] : ValuesOf(keys)) {
    // Of a command nobody has to say an n.
    if (values.empty() || (part.column == "n" && values.front() == "0")) {
      continue;
    }
    const std::string list =
        fmt::format("{}", fmt::join(Shortened(values, kMostValues), ","));
    if (part.column == "family") {
      words.push_back(fmt::format("{} {}:", list, keys.size()));
    } else if (part.role == KeyRole::kName) {
      for (const std::string& value : values) {
        words.push_back(value + (value == values.back() ? "" : ","));
      }
    } else if (part.role == KeyRole::kAlways ||
               (part.role == KeyRole::kOption && list != part.usual)) {
      words.push_back(fmt::format("{}={}", part.label, list));
    }
  }
  return words;
}

std::string RunText(const std::vector<Benchmark>& benchmarks) {
  std::vector<Family> families;
  std::map<Family, std::vector<const Key*>> keys;
  for (const Benchmark& benchmark : benchmarks) {
    const Family family = benchmark.key.family;
    if (!keys.contains(family)) families.push_back(family);
    keys[family].push_back(&benchmark.key);
  }
  std::set<std::string_view> searches;
  for (const Benchmark& benchmark : benchmarks) {
    if (benchmark.name.ends_with("/search")) searches.insert(benchmark.name);
  }
  std::string text =
      searches.empty()
          ? fmt::format("would run {}\n",
                        Counted(benchmarks.size(), "configuration"))
          : fmt::format("would search {} of {} in all\n",
                        Counted(searches.size(), "group"),
                        Counted(benchmarks.size(), "split"));
  for (const Family family : families) {
    text += Wrapped("  ", FamilyWords(keys[family]), kScreenColumns);
  }
  return text;
}

/// What was left out, a line or two for each kind of reason.
std::string SkippedKindsText(const std::vector<SkippedKey>& skipped) {
  std::map<std::string_view, std::vector<const SkippedKey*>> kinds;
  for (const SkippedKey& skip : skipped) {
    // Reasons of one kind differ by their figures.
    const std::string_view reason = skip.reason;
    kinds[reason.substr(0, reason.find_first_of("0123456789"))].push_back(
        &skip);
  }
  std::string text;
  for (const auto& [kind, keys] : kinds) {
    const SkippedKey& first = *keys.front();
    text += Labelled(
        "skipped   ",
        fmt::format(
            "{}{}: {}",
            keys.size() == 1 ? "" : fmt::format("{} such as ", keys.size()),
            KeyText(first.key, KeyStyle::kShort), first.reason));
  }
  return text;
}

std::string SplitsText(const std::vector<Placed>& splits) {
  std::string text;
  for (const bool pinned : {true, false}) {
    std::vector<std::string> words;
    for (const auto& [split, pin] : splits) {
      if ((pin == Pin::kCores) == pinned) words.push_back(SplitText(split));
    }
    if (words.empty()) continue;
    text += Wrapped(pinned ? "pinned    " : "unpinned  ",
                    Shortened(std::move(words), kMostSplits), kScreenColumns);
  }
  return text;
}

double LargestBytes(const std::vector<Benchmark>& benchmarks) {
  double largest = 0;
  for (const Benchmark& benchmark : benchmarks) {
    largest = std::max(largest, EstimateMemoryBytes(benchmark.key));
  }
  return largest;
}

/// What the workers' CPUs have together, and what this system lacks.
std::string NotesText(const Machine& machine) {
  const std::string sharing = SharingText(machine.topology);
  std::string text = sharing.empty() ? "" : Labelled("sharing   ", sharing);
  for (const std::string& note : machine.notes) {
    text += fmt::format("note      {}\n", note);
  }
  return text;
}

/// The splits of the sweep, or where there is none those of other families.
std::vector<Placed> AskedSplits(const std::vector<Benchmark>& benchmarks,
                                const Machine& machine) {
  std::vector<Benchmark> sweep;
  std::copy_if(benchmarks.begin(), benchmarks.end(), std::back_inserter(sweep),
               [](const Benchmark& benchmark) {
                 return benchmark.key.family == Family::kHybrid;
               });
  return PlacedSplits(sweep.empty() ? benchmarks : sweep, machine);
}

/// The last one of that split, which is the largest.
Key LastOf(const Split& split, const std::vector<Benchmark>& benchmarks) {
  const auto last = std::find_if(benchmarks.rbegin(), benchmarks.rend(),
                                 [&](const Benchmark& benchmark) {
                                   return benchmark.key.split() == split;
                                 });
  return last == benchmarks.rend() ? Key() : last->key;
}

/// Where the workers run, as far as that fits the lines that are left.
std::string PlacementsText(const std::vector<Placed>& splits,
                           const std::vector<Benchmark>& benchmarks,
                           const Machine& machine, std::size_t lines_left) {
  std::string text;
  for (const Placed& placed : splits) {
    if (placed.second != Pin::kCores && splits.size() > 1) continue;
    text += PlacementOf(placed, machine, kMostWorkers);
  }
  if (splits.size() == 1) {
    SplitResult use;
    use.split = splits.front().first;
    if (splits.front().second == Pin::kCores) {
      use.cpus = CpusText(CoresOf(use.split, machine));
      if (!machine.topology.is_this_system) {
        text +=
            "# CPU numbers are the described machine's: check them with lscpu "
            "-e there\n";
      }
    }
    return text + LaunchLines(use, LastOf(use.split, benchmarks));
  }
  const auto lines =
      static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  if (lines <= lines_left) return text;
  return "more      --dry_run=full: each configuration, and the cores of each "
         "split\n"
         "          --workers=W --blas_threads=T --dry_run: the cores of one, "
         "and lines\n"
         "          that launch a program of yours there\n";
}

}  // namespace

std::string DryRunText(const BenchmarkList& selected, const Machine& machine) {
  const std::vector<Placed> splits = AskedSplits(selected.benchmarks, machine);
  std::string text = RunText(selected.benchmarks);
  text += SplitsText(splits);
  text += SkippedKindsText(selected.skipped);
  text += fmt::format("memory    up to {} (estimated) of {} available\n",
                      FormatBytes(LargestBytes(selected.benchmarks)),
                      AvailableMemoryText(machine));
  text += NotesText(machine);
  const auto lines =
      static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return text +
         PlacementsText(splits, selected.benchmarks, machine,
                        kScreenLines - std::min(kScreenLines, lines + 1));
}

std::string FullDryRunText(const BenchmarkList& selected,
                           const Machine& machine) {
  std::string text;
  for (const Benchmark& benchmark : selected.benchmarks) {
    const Key& key = benchmark.key;
    text += fmt::format(
        "run       {}  ({} estimated{}{})\n",
        KeyText(key, KeyStyle::kBenchmark),
        FormatBytes(EstimateMemoryBytes(key)),
        IsOversubscribed(key.split(), machine.usable_cores) ? ", oversubscribed"
                                                            : "",
        ResolvePin(key, machine) == Pin::kCores ? ", pinned to cores" : "");
  }
  text += SkippedText(selected.skipped);
  for (const Placed& placed : PlacedSplits(selected.benchmarks, machine)) {
    text +=
        PlacementOf(placed, machine, std::numeric_limits<std::size_t>::max());
  }
  text += fmt::format(
      "{} to run, {} skipped; the largest needs {} (estimated) of {} "
      "available\n",
      selected.benchmarks.size(), selected.skipped.size(),
      FormatBytes(LargestBytes(selected.benchmarks)),
      AvailableMemoryText(machine));
  return text + NotesText(machine);
}

}  // namespace hybrid
