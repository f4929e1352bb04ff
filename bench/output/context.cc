#include "output/context.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "analysis/format_units.h"
#include "key/key_text.h"
#include "sweep/admission.h"

namespace hybrid {
namespace {

std::string Plural(int count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string CpuText(const Topology& topology) {
  if (topology.cpu_model.empty()) return "unknown CPU";
  if (topology.cpu_signature.empty()) return topology.cpu_model;
  return fmt::format("{} ({})", topology.cpu_model, topology.cpu_signature);
}

std::string BlasText(const Context& context) {
  if (!context.blas_error.empty()) {
    return fmt::format("unknown: {}", context.blas_error);
  }
  std::string text =
      fmt::format("BLIS {} ({} threads), by itself with {} kernels",
                  context.blas.blis_version, context.blas.blis_threading,
                  context.blas.kernels);
  if (context.one_thread_threading == "none") {
    text += "; workers of 1 thread run its serial build";
  }
  if (context.blas.kernels == "generic") {
    text +=
        "\n          warning: BLIS does not know this CPU and by itself runs "
        "its slow portable kernels";
  }
  return text;
}

std::string SpeedText(const KernelsSpeed& speed) {
  return fmt::format("{} {}", speed.kernels.name, FormatNumber(speed.gflops));
}

/// One line for each order and number of threads: what won, by how much, how to
/// have it elsewhere, and the others.
std::string ProbedText(const KernelsTable::Probed& probed,
                       const std::string& library) {
  std::string text =
      fmt::format("n={:<5} {:>2} {:<8}", probed.n, probed.blas_threads,
                  probed.blas_threads == 1 ? "thread" : "threads");
  const std::string& name = probed.choice.kernels.name;
  if (name == library) {
    text += fmt::format("{}, BLIS's own choice", name);
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
  if (speeds.empty()) return text + "  (as in the file)";
  return fmt::format("{}  ({} GFLOP/s)", text, fmt::join(speeds, ", "));
}

std::string KernelsText(const KernelsTable& table) {
  if (!table.catalog()) return "";
  const KernelsCatalog& catalog = *table.catalog();
  std::vector<std::string> names;
  for (const Kernels& kernels : catalog.usable) names.push_back(kernels.name);
  std::vector<std::string> unsupported;
  for (const UnusableKernels& unusable : catalog.unusable) {
    if (unusable.reason != "not built in") unsupported.push_back(unusable.name);
  }
  std::string text = fmt::format(
      "kernels   {} run here{}\n", fmt::join(names, ", "),
      unsupported.empty() ? ""
                          : fmt::format("; built in, but not for this CPU: {}",
                                        fmt::join(unsupported, ", ")));
  for (const KernelsTable::Probed& probed : table.probed()) {
    text += fmt::format("          {}\n", ProbedText(probed, catalog.library));
  }
  return text;
}

std::string CeilingsText(const Ceilings& ceilings, int cores) {
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

Context ReadContext(const Machine& machine, const Environment& environment,
                    const PoolKeeper& pools) {
  Context context{.machine = machine,
                  .environment = environment,
                  .blas = {},
                  .blas_error = {}};
  Key key;
  key.operation = "none";
  key.n = 1;
  key.batch = 1;
  key.pin = Pin::kNone;
  const auto ask = [&](std::uint32_t blas_threads) {
    key.blas_threads = blas_threads;
    const std::unique_ptr<WorkerGroup> pool = pools.Launch(key);
    PoolStart start = pool->start();
    pool->Shutdown();
    return start;
  };
  try {
    // Two threads, since one may run another build.
    context.blas = ask(2);
    context.one_thread_threading = ask(1).blis_threading;
  } catch (const PoolInterrupted&) {
    context.blas_error = "interrupted";
  } catch (const PoolError& error) {
    context.blas_error = error.what();
  }
  return context;
}

std::string ContextText(const Context& context) {
  const Machine& machine = context.machine;
  const Topology& topology = machine.topology;
  std::string text = fmt::format(
      "machine   {}: {}, {}, {}\n", CpuText(topology),
      Plural(topology.sockets, "socket"), Plural(topology.cores_total, "core"),
      Plural(topology.logical_cpus_total, "thread"));
  if (!context.machine_id.empty()) {
    text += fmt::format("          machine id {}\n", context.machine_id);
  }
  text += fmt::format("usable    {}", Plural(machine.usable_cores, "core"));
  if (!machine.usable_cores_limited_by.empty()) {
    text += fmt::format(" (limited by {})", machine.usable_cores_limited_by);
  }
  text += fmt::format(
      ", {} of memory available\n",
      FormatBytes(static_cast<double>(machine.memory_available_bytes)));
  text += fmt::format("BLAS      {}\n", BlasText(context));
  text += KernelsText(context.kernels);
  if (context.ceilings) {
    text += CeilingsText(*context.ceilings, machine.usable_cores);
  }
  if (!context.environment.removed.empty()) {
    text += "removed   from the workers' environment:";
    for (const std::string& variable : context.environment.removed) {
      text += " " + variable;
    }
    text += "\n";
  }
  for (const std::string& warning : context.warnings) {
    text += fmt::format("warning   {}\n", warning);
  }
  return text;
}

void AddToGoogleContext(const Context& context) {
  benchmark::AddCustomContext("cpu_model", CpuText(context.machine.topology));
  benchmark::AddCustomContext("machine_id", context.machine_id);
  benchmark::AddCustomContext("os", context.os);
  benchmark::AddCustomContext("usable_cores",
                              std::to_string(context.machine.usable_cores));
  benchmark::AddCustomContext("blis_version", context.blas.blis_version);
  benchmark::AddCustomContext("blis_threading", context.blas.blis_threading);
  benchmark::AddCustomContext("blis_kernels", context.blas.kernels);
  if (!context.ceilings) return;
  const auto add = [](const char* key, double value) {
    benchmark::AddCustomContext(key, fmt::format("{:.6g}", value));
  };
  add("core_peak_gflops", context.ceilings->core_peak_gflops);
  add("peak_gflops", context.ceilings->peak_gflops);
  add("core_triad_bytes_per_s", context.ceilings->core_triad_bytes_per_s);
  add("triad_bytes_per_s", context.ceilings->triad_bytes_per_s);
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
