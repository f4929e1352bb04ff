#include "context.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "sweep/admission.h"

namespace hybrid {
namespace {

std::string Plural(int count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string BlasText(const Context& context) {
  if (!context.blas_error.empty()) {
    return fmt::format("unknown: {}", context.blas_error);
  }
  std::string text =
      fmt::format("BLIS {} ({} threads), {} kernels", context.blas.blis_version,
                  context.blas.blis_threading, context.blas.kernels);
  if (context.blas.kernels == "generic") {
    text +=
        "\n          warning: BLIS does not know this CPU and runs its slow "
        "portable kernels";
  }
  return text;
}

}  // namespace

Context ReadContext(const Machine& machine, const Environment& environment,
                    const PoolKeeper& pools) {
  Context context{.machine = machine,
                  .environment = environment,
                  .blas = {},
                  .blas_error = {}};
  Config config;
  config.operation = Operation::kNone;
  config.n = 1;
  config.batch = 1;
  config.pin = Pin::kNone;
  try {
    WorkerPool pool = pools.Launch(config);
    context.blas = pool.start();
    pool.Shutdown();
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
      "machine   {}: {}, {}, {}\n",
      topology.cpu_model.empty() ? "unknown CPU" : topology.cpu_model,
      Plural(topology.sockets, "socket"), Plural(topology.cores_total, "core"),
      Plural(topology.logical_cpus_total, "thread"));
  text += fmt::format("usable    {}", Plural(machine.usable_cores, "core"));
  if (!machine.usable_cores_limited_by.empty()) {
    text += fmt::format(" (limited by {})", machine.usable_cores_limited_by);
  }
  text += fmt::format(
      ", {} of memory available\n",
      FormatBytes(static_cast<double>(machine.memory_available_bytes)));
  text += fmt::format("BLAS      {}\n", BlasText(context));
  if (!context.environment.removed.empty()) {
    text += "removed   from the workers' environment:";
    for (const std::string& variable : context.environment.removed) {
      text += " " + variable;
    }
    text += "\n";
  }
  return text;
}

void AddToGoogleContext(const Context& context) {
  benchmark::AddCustomContext("cpu_model", context.machine.topology.cpu_model);
  benchmark::AddCustomContext("usable_cores",
                              std::to_string(context.machine.usable_cores));
  benchmark::AddCustomContext("blis_version", context.blas.blis_version);
  benchmark::AddCustomContext("blis_threading", context.blas.blis_threading);
  benchmark::AddCustomContext("blis_kernels", context.blas.kernels);
}

std::string SkippedText(const std::vector<SkippedConfig>& skipped) {
  std::string text;
  for (const SkippedConfig& skip : skipped) {
    text += fmt::format("skipped   {} {}: {}\n", skip.config.family,
                        Describe(skip.config), skip.reason);
  }
  return text;
}

}  // namespace hybrid
