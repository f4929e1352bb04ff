#include "output/context.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "analysis/format_units.h"
#include "base/text.h"
#include "blas/library_table.h"
#include "key/key_text.h"
#include "output/kernels_text.h"
#include "sweep/admission.h"

namespace hybrid {
namespace {

std::string CpuText(const Topology& topology) {
  if (topology.cpu_model.empty()) return "unknown CPU";
  if (topology.cpu_signature.empty()) return topology.cpu_model;
  return fmt::format("{} ({})", topology.cpu_model, topology.cpu_signature);
}

std::string BlasText(const BlasIdentity& blas) {
  if (!blas.error.empty()) {
    return fmt::format("{}: unknown: {}", blas.name, blas.error);
  }
  std::string text =
      fmt::format("{}: {}{}{}", blas.name, FamilyNamed(blas.family).title,
                  blas.version.empty() ? "" : " ", blas.version);
  if (blas.threading == "none") {
    text += " (one thread)";
  } else if (!blas.threading.empty()) {
    text += fmt::format(" ({} threads)", blas.threading);
  }
  if (!blas.kernels.empty()) {
    text += fmt::format(", by itself with {} kernels", blas.kernels);
  }
  if (blas.one_thread_threading == "none" && blas.threading != "none") {
    text += "; workers of 1 thread run its serial build";
  }
  return text;
}

std::string MeasuredCeilingsText(const Ceilings& ceilings, int cores) {
  std::string text =
      fmt::format("FMA peak {} GFLOP/s", FormatNumber(ceilings.peak_gflops));
  if (cores > 1) {
    text +=
        fmt::format(" ({} one core)", FormatNumber(ceilings.core_peak_gflops));
  }
  if (ceilings.single) {
    text += fmt::format(", in single precision {}",
                        FormatNumber(ceilings.single->gflops));
    if (cores > 1) {
      text += fmt::format(" ({} one core)",
                          FormatNumber(ceilings.single->core_gflops));
    }
  }
  text += fmt::format(" with {}, triad {} GB/s", ceilings.vector_unit,
                      FormatNumber(ceilings.triad_bytes_per_s / 1e9));
  if (cores > 1) {
    text += fmt::format(" ({} one core)",
                        FormatNumber(ceilings.core_triad_bytes_per_s / 1e9));
  }
  return text;
}

/// "3 to 5 GB/s", of what `value_of` says of each host; "5 GB/s" if all look
/// the same; empty if one does not say it.
template <typename ValueOf>
std::string RangeOfHosts(const std::vector<HostFacts>& hosts,
                         const std::string& unit, ValueOf value_of) {
  std::vector<double> values;
  for (const HostFacts& host : hosts) {
    const std::optional<double> value = value_of(host);
    if (!value) return {};
    values.push_back(*value);
  }
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const std::string low = FormatNumber(*least);
  const std::string high = FormatNumber(*most);
  return low == high ? fmt::format("{} {}", low, unit)
                     : fmt::format("{} to {} {}", low, high, unit);
}

std::string WhatHostsCanDo(const std::vector<HostFacts>& hosts) {
  std::vector<std::string> parts;
  const auto add = [&](const char* what, const char* unit, auto value_of) {
    const std::string range = RangeOfHosts(hosts, unit, value_of);
    if (!range.empty()) parts.push_back(fmt::format("{} {}", what, range));
  };
  using Value = std::optional<double>;
  add("FMA peak", "GFLOP/s", [](const HostFacts& host) {
    return host.ceilings ? host.ceilings->peak_gflops : Value();
  });
  add("triad", "GB/s", [](const HostFacts& host) {
    return host.ceilings ? host.ceilings->triad_bytes_per_s / 1e9 : Value();
  });
  add("round trip", "µs",
      [](const HostFacts& host) { return Value(1e6 * host.round_trip_s); });
  add("link", "GB/s",
      [](const HostFacts& host) { return Value(host.link_bytes_per_s / 1e9); });
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// A line on all hosts, and with `verbose` one on each.
std::string HostsText(const std::vector<HostFacts>& hosts, bool verbose) {
  if (hosts.empty()) return {};
  std::string text = Labelled(
      "hosts     ", fmt::format("{}: {}", hosts.size(), WhatHostsCanDo(hosts)));
  if (!verbose) return text;
  for (const HostFacts& host : hosts) {
    const std::string kernels =
        host.kernels.empty() ? "" : fmt::format("{} kernels, ", host.kernels);
    text += Labelled(
        "          ",
        fmt::format(
            "{}: {}, {}{}", host.name,
            Counted(static_cast<std::uint64_t>(host.machine.usable_cores),
                    "core"),
            kernels, WhatHostsCanDo({host})));
  }
  return text;
}

}  // namespace

std::string MachineText(const Machine& machine) {
  const Topology& topology = machine.topology;
  const std::string limit =
      machine.usable_cores_limited_by.empty()
          ? ""
          : fmt::format(" (limited by {})", machine.usable_cores_limited_by);
  return Labelled("machine   ",
                  fmt::format("{}: {}, {}, {}", CpuText(topology),
                              Counted(topology.sockets, "socket"),
                              Counted(topology.cores_total, "core"),
                              Counted(topology.logical_cpus_total, "thread"))) +
         Labelled("usable    ",
                  fmt::format("{}{}, {} of memory available",
                              Counted(machine.usable_cores, "core"), limit,
                              AvailableMemoryText(machine)));
}

std::string ContextText(const RunContext& context, bool verbose) {
  const Site& site = context.site;
  std::string text;
  if (!site.machine_id.empty()) {
    text += fmt::format("id        {}\n", site.machine_id);
  }
  for (const BlasIdentity& blas : site.blas) {
    text += Labelled("BLAS      ", BlasText(blas));
    const BlasFamily& family = FamilyNamed(blas.family);
    if (!blas.kernels.empty() && blas.kernels == family.portable_kernels) {
      text += Labelled(
          "warning   ",
          fmt::format("{} does not know this CPU and by itself runs its slow "
                      "portable kernels",
                      family.title));
    }
  }
  text += KernelsText(context.kernels, verbose);
  if (context.ceilings) {
    text += Labelled(
        "ceilings  ",
        MeasuredCeilingsText(*context.ceilings, site.machine.usable_cores));
  }
  text += HostsText(context.hosts, verbose);
  const std::vector<std::string>& removed = site.workers.environment.removed;
  if (!removed.empty()) {
    text +=
        Labelled("removed   ", fmt::format("from the workers' environment: {}",
                                           fmt::join(removed, " ")));
  }
  for (const std::string& warning : context.warnings) {
    text += Labelled("warning   ", warning);
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
  for (const BlasIdentity& blas : site.blas) {
    const auto add = [&blas](const char* what, const std::string& value) {
      benchmark::AddCustomContext(fmt::format("{} {}", blas.name, what), value);
    };
    add("version", blas.version);
    add("threading", blas.threading);
    add("kernels", blas.kernels);
    add("file", blas.file);
  }
  if (!context.ceilings) return;
  const auto add = [](const char* key, double value) {
    benchmark::AddCustomContext(key, fmt::format("{:.6g}", value));
  };
  add("core_peak_gflops", context.ceilings->core_peak_gflops);
  add("peak_gflops", context.ceilings->peak_gflops);
  if (context.ceilings->single) {
    add("core_single_peak_gflops", context.ceilings->single->core_gflops);
    add("single_peak_gflops", context.ceilings->single->gflops);
  }
  add("core_triad_bytes_per_s", context.ceilings->core_triad_bytes_per_s);
  add("triad_bytes_per_s", context.ceilings->triad_bytes_per_s);
}

std::string AvailableMemoryText(const Machine& machine) {
  if (!machine.memory_available_bytes) return "an unknown amount";
  return FormatBytes(static_cast<double>(*machine.memory_available_bytes)) +
         (machine.topology.is_this_system ? "" : " (this machine's)");
}

std::string SkippedSummary(const std::vector<SkippedKey>& skipped) {
  std::map<std::string, std::vector<const SkippedKey*>> by_reason;
  for (const SkippedKey& skip : skipped) {
    by_reason[skip.reason].push_back(&skip);
  }
  std::string text;
  for (const auto& [reason, skips] : by_reason) {
    const std::string first = KeyText(skips.front()->key, KeyStyle::kShort);
    text +=
        Labelled("skipped   ", skips.size() == 1
                                   ? fmt::format("{}: {}", first, reason)
                                   : fmt::format("{} and {} more: {}", first,
                                                 skips.size() - 1, reason));
  }
  return text;
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
