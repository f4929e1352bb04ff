#include "compare/differences.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "analysis/format_units.h"
#include "results/row.h"

namespace hybrid {
namespace {

/// The machine's own measured rates differ by chance up to this share.
constexpr double kOtherSpeed = 0.05;

std::string Joined(const Values& values) {
  return values.empty() ? "unknown"
                        : fmt::format("{}", fmt::join(values, ", "));
}

Values Words(const Values& texts) {
  Values words;
  for (const std::string& text : texts) {
    std::istringstream stream(text);
    words.insert(std::istream_iterator<std::string>(stream), {});
  }
  return words;
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

class Differences {
 public:
  Differences(const Identity& baseline, const Identity& now)
      : baseline_(baseline), now_(now) {}

  void Add(Weight weight, const char* what, Values Identity::*values) {
    const Values& before = baseline_.*values;
    const Values& after = now_.*values;
    if (before.empty() || after.empty()) return;
    // Refused is also a side that mixes several.
    const bool mixed = weight == Weight::kRefused && before.size() > 1;
    if (before == after && !mixed) return;
    found_.push_back({weight, what, Joined(before), Joined(after), ""});
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
        Add(Weight::kRefused, "machine", &Identity::machine_ids);
      }
    } else {
      // Every row's, so that files of both kinds can be compared.
      Add(Weight::kRefused, "machine (host, cores, cache)",
          &Identity::hosts_cores_caches);
    }
  }

  void AddSpeed(const char* what, const std::optional<double>& before,
                const std::optional<double>& after, double scale,
                const char* unit) {
    if (!before || !after || *before <= 0 || *after <= 0) return;
    const double change = *after / *before;
    if (std::max(change, 1 / change) <= 1 + kOtherSpeed) return;
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

  /// Only the flags that one side has and the other has not.
  void AddFlags() {
    if (baseline_.flags.empty() || now_.flags.empty()) return;
    const Values before = Words(baseline_.flags);
    const Values after = Words(now_.flags);
    const Values gone = Without(before, after);
    const Values added = Without(after, before);
    if (gone.empty() && added.empty()) return;
    const auto text = [](const Values& flags) {
      return flags.empty() ? "none of these"
                           : fmt::format("{}", fmt::join(flags, " "));
    };
    found_.push_back(
        {Weight::kInformation, "flags", text(gone), text(added), ""});
  }

  std::vector<Difference> Take() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Difference& a, const Difference& b) {
                       return a.weight < b.weight;
                     });
    return std::move(found_);
  }

 private:
  const Identity& baseline_;
  const Identity& now_;
  std::vector<Difference> found_;
};

/// Two versions of the columns that this program reads alike.
bool BothKnown(const Identity& baseline, const Identity& now) {
  const auto known = [](const std::string& version) {
    return version >= std::to_string(kOldestSchemaVersion) &&
           version <= std::to_string(kSchemaVersion) && version.size() == 1;
  };
  const auto all_known = [&](const Values& versions) {
    return std::all_of(versions.begin(), versions.end(), known);
  };
  return all_known(baseline.schema_versions) && all_known(now.schema_versions);
}

}  // namespace

std::string DifferenceText(const Difference& difference) {
  if (!difference.text.empty()) return difference.text;
  return fmt::format("{}: {} in the baseline, {} in the new results",
                     difference.what, difference.baseline, difference.now);
}

std::vector<Difference> FindDifferences(const Identity& baseline,
                                        const Identity& now) {
  Differences differences(baseline, now);
  differences.AddMachine();
  differences.Add(Weight::kRefused, "usable cores", &Identity::usable_cores);
  differences.Add(Weight::kRefused, "BLIS version", &Identity::blis_versions);
  differences.Add(Weight::kRefused, "BLIS's own choice of kernels",
                  &Identity::library_kernels);
  differences.Add(BothKnown(baseline, now) ? Weight::kNote : Weight::kRefused,
                  "schema version", &Identity::schema_versions);
  const RecordedCeilings& before = baseline.ceilings;
  const RecordedCeilings& after = now.ceilings;
  differences.AddSpeed("FMA peak", before.peak_gflops, after.peak_gflops, 1,
                       "GFLOP/s");
  differences.AddSpeed("triad", before.triad_bytes_per_s,
                       after.triad_bytes_per_s, 1e9, "GB/s");
  differences.Add(Weight::kInformation, "CPU model", &Identity::cpu_models);
  differences.Add(Weight::kInformation, "operating system",
                  &Identity::operating_systems);
  differences.Add(Weight::kInformation, "commit", &Identity::git_commits);
  differences.Add(Weight::kInformation, "seed", &Identity::seeds);
  differences.Add(Weight::kInformation, "host", &Identity::hosts);
  differences.AddFlags();
  return differences.Take();
}

}  // namespace hybrid
