#include "output/context.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "analysis/format_units.h"
#include "base/text.h"
#include "key/key_text.h"
#include "sweep/admission.h"

namespace hybrid {
namespace {

std::string CpuText(const Topology& topology) {
  if (topology.cpu_model.empty()) return "unknown CPU";
  if (topology.cpu_signature.empty()) return topology.cpu_model;
  return fmt::format("{} ({})", topology.cpu_model, topology.cpu_signature);
}

std::string BlasText(const BlasIdentity& blas) {
  if (!blas.error.empty()) return fmt::format("unknown: {}", blas.error);
  std::string text =
      fmt::format("BLIS {} ({} threads), by itself with {} kernels",
                  blas.version, blas.threading, blas.kernels);
  if (blas.one_thread_threading == "none") {
    text += "; workers of 1 thread run its serial build";
  }
  if (blas.kernels == "generic") {
    text +=
        "\n          warning: BLIS does not know this CPU and by itself runs "
        "its slow portable kernels";
  }
  return text;
}

std::string SpeedText(const KernelsSpeed& speed) {
  return fmt::format("{} {}", speed.kernels.name, FormatNumber(speed.gflops));
}

/// Those that something happened to, a line each.
std::string UnusableText(const std::vector<UnusableKernels>& kernels) {
  std::string text;
  for (const UnusableKernels& unusable : kernels) {
    if (unusable.reason == kNotBuiltIn || unusable.reason == kNotForThisCpu) {
      continue;
    }
    text +=
        fmt::format("\n          warning: {} is not used, it failed twice: {}",
                    unusable.name, unusable.reason);
  }
  return text;
}

/// One line for each order and number of threads: what won, by how much, how to
/// have it elsewhere, and the others.
std::string ProbedText(const KernelsTable::Probed& probed,
                       const std::string& library) {
  std::string text =
      fmt::format("n={:<5} {:>2} {:<8}", probed.n, probed.blas_threads,
                  probed.blas_threads == 1 ? "thread" : "threads");
  const std::string& name = probed.choice.kernels.name;
  const bool told = probed.choice.gain || probed.speeds.empty();
  if (name == library) {
    text += fmt::format("{}, BLIS's own choice{}", name,
                        told ? "" : ": others were at work, nothing to tell");
  } else {
    text +=
        fmt::format("{}{}: export BLIS_ARCH_TYPE={}", name,
                    probed.choice.gain
                        ? fmt::format(" {} faster than {}",
                                      FormatRatio(*probed.choice.gain), library)
                        : "",
                    probed.choice.kernels.arch_type);
  }
  // The first few, and BLIS's own choice: what else there is loses for sure.
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
  return text + UnusableText(probed.failed);
}

std::string FoundKernelsText(const KernelsTable& table) {
  if (!table.catalog()) return "";
  const KernelsCatalog& catalog = *table.catalog();
  std::vector<std::string> names;
  for (const Kernels& kernels : catalog.usable) names.push_back(kernels.name);
  std::vector<std::string> unsupported;
  for (const UnusableKernels& unusable : catalog.unusable) {
    if (unusable.reason == kNotForThisCpu) unsupported.push_back(unusable.name);
  }
  std::string text = fmt::format(
      "kernels   {} run here{}{}\n", fmt::join(names, ", "),
      unsupported.empty() ? ""
                          : fmt::format("; built in, but not for this CPU: {}",
                                        fmt::join(unsupported, ", ")),
      UnusableText(catalog.unusable));
  for (const KernelsTable::Probed& probed : table.probed()) {
    text += fmt::format("          {}\n", ProbedText(probed, catalog.library));
  }
  return text;
}

std::string MeasuredCeilingsText(const Ceilings& ceilings, int cores) {
  std::string text = fmt::format("ceilings  FMA peak {} GFLOP/s",
                                 FormatNumber(ceilings.peak_gflops));
  if (cores > 1) {
    text +=
        fmt::format(" ({} one core)", FormatNumber(ceilings.core_peak_gflops));
  }
  text += fmt::format(" with {}, triad {} GB/s", ceilings.vector_unit,
                      FormatNumber(ceilings.triad_bytes_per_s / 1e9));
  if (cores > 1) {
    text += fmt::format(" ({} one core)",
                        FormatNumber(ceilings.core_triad_bytes_per_s / 1e9));
  }
  return text + "\n";
}

}  // namespace

std::string ContextText(const RunContext& context) {
  const Site& site = context.site;
  const Machine& machine = site.machine;
  const Topology& topology = machine.topology;
  std::string text =
      fmt::format("machine   {}: {}, {}, {}\n", CpuText(topology),
                  Counted(topology.sockets, "socket"),
                  Counted(topology.cores_total, "core"),
                  Counted(topology.logical_cpus_total, "thread"));
  if (!site.machine_id.empty()) {
    text += fmt::format("          machine id {}\n", site.machine_id);
  }
  text += fmt::format("usable    {}", Counted(machine.usable_cores, "core"));
  if (!machine.usable_cores_limited_by.empty()) {
    text += fmt::format(" (limited by {})", machine.usable_cores_limited_by);
  }
  text +=
      fmt::format(", {} of memory available\n", AvailableMemoryText(machine));
  text += fmt::format("BLAS      {}\n", BlasText(site.blas));
  text += FoundKernelsText(context.kernels);
  if (context.ceilings) {
    text += MeasuredCeilingsText(*context.ceilings, machine.usable_cores);
  }
  const std::vector<std::string>& removed = site.workers.environment.removed;
  if (!removed.empty()) {
    text += "removed   from the workers' environment:";
    for (const std::string& variable : removed) {
      text += " " + variable;
    }
    text += "\n";
  }
  for (const std::string& warning : context.warnings) {
    text += fmt::format("warning   {}\n", warning);
  }
  return text;
}

void AddToGoogleContext(const RunContext& context) {
  const Site& site = context.site;
  benchmark::AddCustomContext("cpu_model", CpuText(site.machine.topology));
  benchmark::AddCustomContext("machine_id", site.machine_id);
  benchmark::AddCustomContext("os", site.kind.os);
  benchmark::AddCustomContext("usable_cores",
                              std::to_string(site.machine.usable_cores));
  benchmark::AddCustomContext("blis_version", site.blas.version);
  benchmark::AddCustomContext("blis_threading", site.blas.threading);
  benchmark::AddCustomContext("blis_kernels", site.blas.kernels);
  if (!context.ceilings) return;
  const auto add = [](const char* key, double value) {
    benchmark::AddCustomContext(key, fmt::format("{:.6g}", value));
  };
  add("core_peak_gflops", context.ceilings->core_peak_gflops);
  add("peak_gflops", context.ceilings->peak_gflops);
  add("core_triad_bytes_per_s", context.ceilings->core_triad_bytes_per_s);
  add("triad_bytes_per_s", context.ceilings->triad_bytes_per_s);
}

std::string AvailableMemoryText(const Machine& machine) {
  if (!machine.memory_available_bytes) return "an unknown amount";
  return FormatBytes(static_cast<double>(*machine.memory_available_bytes));
}

std::string SkippedText(const std::vector<SkippedKey>& skipped) {
  std::string text;
  for (const SkippedKey& skip : skipped) {
    text += fmt::format("skipped   {}: {}\n",
                        KeyText(skip.key, KeyStyle::kShort), skip.reason);
  }
  return text;
}

}  // namespace hybrid
