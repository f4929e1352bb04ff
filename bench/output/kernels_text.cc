#include "output/kernels_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "analysis/format_units.h"
#include "base/text.h"

namespace hybrid {
namespace {

std::string SpeedText(const KernelsSpeed& speed) {
  return fmt::format("{} {}", speed.kernels.name, FormatNumber(speed.gflops));
}

/// `n=256   `; with the precision where that is not the usual one.
std::string PlaceText(const KernelsPlace& place, int width) {
  const std::string precision =
      place.precision == Precision::kDouble
          ? ""
          : fmt::format("precision={} ", Name(place.precision));
  return fmt::format("n={:<{}} {}", place.n, width, precision);
}

/// Of those that something happened to.
std::string WarningsOf(const std::vector<UnusableKernels>& kernels) {
  std::string text;
  for (const UnusableKernels& unusable : kernels) {
    if (IsExpected(unusable.reason)) continue;
    text +=
        Labelled("warning   ",
                 fmt::format("kernels {} are not used, they failed twice: {}",
                             unusable.name, unusable.reason));
  }
  return text;
}

/// One line for each order and number of threads: what won, by how much, how to
/// have it elsewhere, and the others.
std::string ProbedText(const KernelsTable::Probed& probed,
                       const std::string& library) {
  std::string text = fmt::format(
      "{}{:>2} {:<8}", PlaceText(probed.place, 5), probed.place.blas_threads,
      probed.place.blas_threads == 1 ? "thread" : "threads");
  const std::string& name = probed.choice.kernels.name;
  const bool told = probed.choice.gain || probed.speeds.empty();
  if (name == library) {
    text += fmt::format("{}, the library's own choice{}", name,
                        told ? "" : ": others were at work, nothing to tell");
  } else {
    text +=
        fmt::format("{}{}: export {}", name,
                    probed.choice.gain
                        ? fmt::format(" {} faster than {}",
                                      FormatRatio(*probed.choice.gain), library)
                        : "",
                    probed.choice.kernels.setting);
  }
  // The first few, and the library's own choice: what else there is loses for
  // sure.
  constexpr std::size_t kListed = 3;
  std::vector<std::string> speeds;
  for (std::size_t i = 0; i < probed.speeds.size(); ++i) {
    const KernelsSpeed& speed = probed.speeds[i];
    if (i < kListed || speed.kernels.name == library) {
      speeds.push_back(SpeedText(speed));
    }
  }
  if (speeds.empty() && probed.failed.empty()) {
    return text + "  (as in the file)";
  }
  if (told && !speeds.empty()) {
    text += fmt::format("  ({} GFLOP/s)", fmt::join(speeds, ", "));
  }
  return text;
}

/// All that was found out.
std::string AllKernelsText(const KernelsTable& table) {
  const KernelsCatalog& catalog = *table.catalog();
  std::vector<std::string> names;
  for (const Kernels& kernels : catalog.usable) names.push_back(kernels.name);
  std::vector<std::string> unsupported;
  for (const UnusableKernels& unusable : catalog.unusable) {
    if (unusable.reason == kNotForThisCpu) unsupported.push_back(unusable.name);
  }
  std::string text = Labelled(
      "kernels   ",
      fmt::format("{}: {} run here{}", catalog.blas, fmt::join(names, ", "),
                  unsupported.empty()
                      ? ""
                      : fmt::format("; built in, but not for this CPU: {}",
                                    fmt::join(unsupported, ", "))));
  for (const KernelsTable::Probed& probed : table.probed()) {
    text += fmt::format("          {}\n", ProbedText(probed, catalog.library));
    text += WarningsOf(probed.failed);
  }
  return text + WarningsOf(catalog.unusable);
}

/// Where other kernels than the library's own choice are to run.
std::vector<std::string> ExceptionsText(const KernelsTable& table) {
  std::vector<std::string> exceptions;
  for (const KernelsTable::Probed& probed : table.probed()) {
    const KernelsChoice& choice = probed.choice;
    if (choice.kernels.name.empty() ||
        choice.kernels.name == table.catalog()->library) {
      continue;
    }
    exceptions.push_back(fmt::format(
        "{} at {}with {}{}", choice.kernels.name, PlaceText(probed.place, 0),
        Counted(probed.place.blas_threads, "thread"),
        choice.gain ? fmt::format(" ({} as fast)", FormatRatio(*choice.gain))
                    : ""));
  }
  return exceptions;
}

/// What was chosen, in a sentence.
std::string ChosenKernelsText(const KernelsTable& table) {
  const std::vector<KernelsTable::Probed> all = table.probed();
  std::string text = WarningsOf(table.catalog()->unusable);
  for (const KernelsTable::Probed& probed : all) {
    text += WarningsOf(probed.failed);
  }
  if (all.empty()) return text;
  const std::vector<std::string> exceptions = ExceptionsText(table);
  const bool told = std::any_of(all.begin(), all.end(), [](const auto& probed) {
    return probed.choice.gain || probed.speeds.empty();
  });
  std::string chosen = table.catalog()->blas + ": " + table.catalog()->library +
                       ", the library's own choice";
  if (!exceptions.empty()) {
    chosen += fmt::format(", but {}", fmt::join(exceptions, ", "));
  } else if (told) {
    chosen += ", is the fastest";
  } else {
    chosen += ": others were at work, nothing to tell";
  }
  return Labelled("kernels   ", chosen) + text;
}

}  // namespace

std::string KernelsText(const KernelsTables& tables, bool verbose) {
  std::string text;
  for (const auto& [blas, table] : tables.all()) {
    if (!table.catalog() || table.catalog()->library.empty()) continue;
    text += verbose ? AllKernelsText(table) : ChosenKernelsText(table);
  }
  return text;
}

}  // namespace hybrid
