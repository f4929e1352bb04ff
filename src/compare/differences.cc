#include "compare/differences.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "analysis/format_units.h"
#include "base/parse_number.h"
#include "results/row.h"

namespace hybrid {
namespace {

/// By up to this share the machine's own measured rates differ by chance.
constexpr double kSpeedScatter = 0.05;

std::string Joined(const Values& values) {
  return values.empty() ? "unknown"
                        : fmt::format("{}", fmt::join(values, ", "));
}

/// All flags that are in one of these command lines.
Values FlagsIn(const Values& command_lines) {
  Values flags;
  for (const std::string& line : command_lines) {
    std::istringstream stream(line);
    flags.insert(std::istream_iterator<std::string>(stream), {});
  }
  return flags;
}

std::string FlagsText(const Values& flags) {
  return flags.empty() ? "none of these"
                       : fmt::format("{}", fmt::join(flags, " "));
}

Values Without(const Values& values, const Values& others) {
  Values rest;
  std::set_difference(values.begin(), values.end(), others.begin(),
                      others.end(), std::inserter(rest, rest.end()));
  return rest;
}

bool KnownAndEqual(const Values& a, const Values& b) {
  return a.size() == 1 && a == b;
}

/// Collects what is not the same on both sides.
class DifferenceFinder {
 public:
  DifferenceFinder(const Identity& baseline, const Identity& now)
      : baseline_(baseline), now_(now) {}

  /// Compares one column, unless a side lacks it.
  void AddColumn(Weight weight, const char* what, Values Identity::*values) {
    AddValues(weight, what, baseline_.*values, now_.*values);
  }

  /// Compares one column library by library, where both sides have it; texts
  /// name the library if there are several.
  void AddOfLibraries(Weight weight, const char* what,
                      LibraryValues Identity::*values) {
    const LibraryValues& before = baseline_.*values;
    const LibraryValues& after = now_.*values;
    const bool several = before.size() > 1 || after.size() > 1;
    for (const auto& [blas, was] : before) {
      const auto is = after.find(blas);
      if (is == after.end()) continue;
      AddValues(weight, several ? fmt::format("{} of {}", what, blas) : what,
                was, is->second);
    }
  }

  void AddMachine() {
    const bool known = !baseline_.machine_ids.empty() &&
                       !now_.machine_ids.empty() &&
                       baseline_.machines.empty() && now_.machines.empty();
    if (known) {
      // The id also depends on the operating system, which is compared apart:
      // the same hardware is the same machine.
      const bool same_hardware =
          KnownAndEqual(baseline_.cpu_models, now_.cpu_models) &&
          KnownAndEqual(baseline_.memories, now_.memories) &&
          KnownAndEqual(baseline_.usable_cores, now_.usable_cores) &&
          baseline_.caches == now_.caches;
      if (!same_hardware) {
        AddColumn(Weight::kRefused, "machine", &Identity::machine_ids);
      }
    } else {
      // All rows have these, so that a file without ids compares with any.
      AddColumn(Weight::kRefused, "machine (host, cores, cache)",
                &Identity::hosts_cores_caches);
    }
  }

  /// Compares a rate that the machine reached by itself, beyond chance; texts
  /// show it divided by `scale`, in `unit`.
  void AddSpeed(const char* what, const std::optional<double>& before,
                const std::optional<double>& after, double scale,
                const char* unit) {
    if (!before || !after || *before <= 0 || *after <= 0) return;
    const double change = *after / *before;
    if (std::max(change, 1 / change) <= 1 + kSpeedScatter) return;
    const std::string from = FormatNumber(*before / scale);
    const std::string to = FormatNumber(*after / scale);
    Difference& difference = found_.emplace_back();
    difference.weight = Weight::kNote;
    difference.what = what;
    difference.baseline = fmt::format("{} {}", from, unit);
    difference.now = fmt::format("{} {}", to, unit);
    difference.text =
        fmt::format("the machine itself ran {} {}: {} {} -> {} {}",
                    FormatPercent(change < 1 ? 1 - change : change - 1),
                    change < 1 ? "slower" : "faster", what, from, to, unit);
  }

  /// Names only the flags that one side has and the other has not.
  void AddFlags() {
    if (baseline_.flags.empty() || now_.flags.empty()) return;
    const Values before = FlagsIn(baseline_.flags);
    const Values after = FlagsIn(now_.flags);
    const Values gone = Without(before, after);
    const Values added = Without(after, before);
    if (gone.empty() && added.empty()) return;
    found_.push_back(
        {Weight::kInformation, "flags", FlagsText(gone), FlagsText(added), ""});
  }

  std::vector<Difference> Take() {
    SortByWeight(found_);
    return std::move(found_);
  }

 private:
  void AddValues(Weight weight, const std::string& what, const Values& before,
                 const Values& after) {
    AddIfDifferent(weight, what, before, after, found_);
  }

  const Identity& baseline_;
  const Identity& now_;
  std::vector<Difference> found_;
};

bool IsKnownSchema(const std::string& version) {
  const auto number = ParseNumber<std::uint64_t>(version);
  return number && *number >= kOldestSchemaVersion && *number <= kSchemaVersion;
}

/// Whether this program reads all rows of both sides alike.
bool AreSchemasKnown(const Identity& baseline, const Identity& now) {
  return std::all_of(baseline.schema_versions.begin(),
                     baseline.schema_versions.end(), IsKnownSchema) &&
         std::all_of(now.schema_versions.begin(), now.schema_versions.end(),
                     IsKnownSchema);
}

}  // namespace

std::string DifferenceText(const Difference& difference) {
  if (!difference.text.empty()) return difference.text;
  return fmt::format("{}: {} in the baseline, {} in the new results",
                     difference.what, difference.baseline, difference.now);
}

void AddIfDifferent(Weight weight, const std::string& what,
                    const Values& baseline, const Values& now,
                    std::vector<Difference>& found) {
  if (baseline.empty() || now.empty()) return;
  // A side that mixes several is refused even if the other does the same.
  const bool mixed = weight == Weight::kRefused && baseline.size() > 1;
  if (baseline == now && !mixed) return;
  found.push_back({weight, what, Joined(baseline), Joined(now), ""});
}

std::vector<Difference> FindDifferences(const Identity& baseline,
                                        const Identity& now) {
  DifferenceFinder finder(baseline, now);
  finder.AddMachine();
  finder.AddColumn(Weight::kRefused, "usable cores", &Identity::usable_cores);
  finder.AddOfLibraries(Weight::kRefused, "BLAS version",
                        &Identity::blas_versions);
  finder.AddOfLibraries(Weight::kRefused, "the library's own choice of kernels",
                        &Identity::library_kernels);
  finder.AddColumn(
      AreSchemasKnown(baseline, now) ? Weight::kNote : Weight::kRefused,
      "schema version", &Identity::schema_versions);
  const RecordedCeilings& before = baseline.ceilings;
  const RecordedCeilings& after = now.ceilings;
  finder.AddSpeed("FMA peak", before.peak(Precision::kDouble).gflops,
                  after.peak(Precision::kDouble).gflops, 1, "GFLOP/s");
  finder.AddSpeed("FMA peak in single precision",
                  before.peak(Precision::kSingle).gflops,
                  after.peak(Precision::kSingle).gflops, 1, "GFLOP/s");
  finder.AddSpeed("triad", before.triad_bytes_per_s, after.triad_bytes_per_s,
                  1e9, "GB/s");
  finder.AddColumn(Weight::kInformation, "CPU model", &Identity::cpu_models);
  finder.AddColumn(Weight::kInformation, "operating system",
                   &Identity::operating_systems);
  finder.AddColumn(Weight::kInformation, "commit", &Identity::git_commits);
  finder.AddColumn(Weight::kInformation, "seed", &Identity::seeds);
  finder.AddColumn(Weight::kInformation, "host", &Identity::hosts);
  finder.AddFlags();
  return finder.Take();
}

void SortByWeight(std::vector<Difference>& differences) {
  std::stable_sort(differences.begin(), differences.end(),
                   [](const Difference& a, const Difference& b) {
                     return a.weight < b.weight;
                   });
}

}  // namespace hybrid
