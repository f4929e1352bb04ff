#include "kernels/catalog.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "base/launcher.h"
#include "base/text_file.h"
#include "blas/library_table.h"
#include "pool/child_output.h"
#include "protocol/worker_arguments.h"

namespace hybrid {
namespace {

constexpr double kTrialHangS = 2;
constexpr double kTrialStartS = 10;
constexpr double kTrialCapS = 5;
constexpr int kTickUs = 1000;
constexpr int kListTicks = 5000;
/// In every build that has more than one sub-configuration.
constexpr std::string_view kPortable = "generic";
/// How BLIS's own messages begin.
constexpr std::string_view kBlisSays = "libblis:";

/// BLIS's names are in lower case, OpenBLAS's in upper.
bool IsSameName(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

/// A few tasks that reach the kernels' edges, and a verified product.
Key TrialKey(const std::string& blas) {
  Key key;
  key.blas = blas;
  key.data = Data::kHot;
  key.n = 100;
  key.batch = 2;
  return key;
}

struct ListedKernels {
  std::string value;  ///< that asks for them
  std::string name;
};

/// Of what a worker printed, its list of kernels, less what the library put
/// between the lines. A BLIS numbers its own on end: what it takes for names
/// past the end of its table is none.
std::vector<ListedKernels> ParseKernelsTable(std::string_view text) {
  std::vector<ListedKernels> kernels;
  for (const std::string_view line : text_file::Parts(text, '\n')) {
    const std::vector<std::string_view> words = text_file::Words(line);
    if (words.size() != 2 || !IsKernelsName(words[1])) continue;
    if (words[0] == words[1] || words[0] == std::to_string(kernels.size())) {
      kernels.push_back({std::string(words[0]), std::string(words[1])});
    }
  }
  return kernels;
}

/// The library's list. The worker that reads it may die at its end: what it
/// printed until then counts.
std::vector<ListedKernels> ReadKernelsTable(const PoolSettings& settings) {
  const ChildOutput output;
  const ChildOutput errors;
  LaunchSpec spec;
  spec.executable = settings.worker_executable;
  spec.arguments = BlasArgumentList(settings.blas);
  spec.arguments.insert(spec.arguments.begin(), std::string(kListKernels));
  spec.environment =
      WorkerEnvironment(settings.environment, 1, settings.blas, "");
  spec.output_fd = output.fd();
  spec.error_fd = errors.fd();
  spec.core_dumps = false;
  try {
    ChildProcess child = LaunchProcess(spec);
    for (int tick = 0; tick < kListTicks && child.Running(); ++tick) {
      if (settings.interrupted()) throw PoolInterrupted();
      usleep(kTickUs);
    }
  } catch (const LaunchError& error) {
    throw PoolError(error.what());
  }
  return ParseKernelsTable(output.text());
}

std::string ReasonFor(const PoolError& error) {
  const int status = error.wait_status().value_or(0);
  const bool aborted = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
  // BLIS says why it aborts, as others that do are not supposed to.
  if (aborted && std::string_view(error.what()).find(kBlisSays) !=
                     std::string_view::npos) {
    return std::string(kNotBuiltIn);
  }
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGILL) {
    return std::string(kNotForThisCpu);
  }
  return error.what();
}

/// Why `kernels` can't be used, or nothing.
std::optional<std::string> TryOnce(const std::string& blas,
                                   const PoolSettings& settings,
                                   const Kernels& kernels) try {
  PoolSettings trial = ForTrial(settings, kernels);
  trial.expectation.kernels.clear();
  const std::unique_ptr<WorkerGroup> worker =
      LaunchGroup(TrialKey(blas), std::move(trial));
  if (worker->start().kernels != kernels.name) return std::string(kNotTaken);
  if (worker->RunBatch(kTrialCapS).capped) return "endlessly slow";
  worker->Verify();
  return std::nullopt;
} catch (const PoolError& error) {
  return ReasonFor(error);
}

/// TryOnce, and again where the failure may have been somebody else's doing.
std::optional<std::string> Try(const std::string& blas,
                               const PoolSettings& settings,
                               const Kernels& kernels) {
  std::optional<std::string> reason = TryOnce(blas, settings, kernels);
  if (!reason || IsExpected(*reason)) return reason;
  return TryOnce(blas, settings, kernels);
}

}  // namespace

bool IsExpected(std::string_view reason) {
  return reason == kNotBuiltIn || reason == kNotForThisCpu ||
         reason == kNotTaken;
}

bool IsKernelsName(std::string_view text) {
  return !text.empty() && text.size() < 32 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= '0' && c <= '9') || c == '_';
         });
}

std::optional<std::string> KernelsCatalog::WhyNot(std::string_view name) const {
  if (Find(name) != nullptr) return std::nullopt;
  for (const UnusableKernels& kernels : unusable) {
    if (!IsSameName(kernels.name, name)) continue;
    return fmt::format("{} of {}: {}", kernels.name, blas, kernels.reason);
  }
  return fmt::format("{} has no such kernels", blas);
}

const Kernels* KernelsCatalog::Find(std::string_view name) const {
  const auto found = std::find_if(
      usable.begin(), usable.end(),
      [&](const Kernels& kernels) { return IsSameName(kernels.name, name); });
  return found == usable.end() ? nullptr : &*found;
}

PoolSettings ForTrial(PoolSettings settings, const Kernels& kernels) {
  settings.kernels_setting = kernels.setting;
  settings.expectation.kernels = kernels.name;
  settings.core_dumps = false;
  settings.hang_timeout_s = std::min(settings.hang_timeout_s, kTrialHangS);
  settings.start_allowance_s = kTrialStartS;
  return settings;
}

KernelsCatalog FindKernels(const SettingsFor& settings_for,
                           const std::string& blas) {
  const Key trial = TrialKey(blas);
  const PoolSettings settings = settings_for(trial);
  KernelsCatalog catalog;
  catalog.blas = blas;
  const PoolStart start = LaunchGroup(trial, ForTrial(settings, {}))->start();
  catalog.library = start.kernels;
  const std::string variable(FamilyNamed(start.blas_family).kernels_variable);
  if (variable.empty()) {
    catalog.usable.push_back({catalog.library, ""});
    return catalog;
  }
  const std::vector<ListedKernels> names = ReadKernelsTable(settings);
  const auto setting = [&variable](const std::string& value) {
    return fmt::format("{}={}", variable, value);
  };
  // A BLIS that reads numbers takes any name for a 0.
  const bool reads_names =
      start.blas_family == "blis" && !names.empty() &&
      names.front().name != kPortable &&
      !Try(blas, settings,
           {std::string(kPortable), setting(std::string(kPortable))});
  for (const ListedKernels& entry : names) {
    const Kernels kernels{entry.name,
                          setting(reads_names ? entry.name : entry.value)};
    if (const std::optional<std::string> reason =
            Try(blas, settings, kernels)) {
      catalog.unusable.push_back({entry.name, *reason});
    } else {
      catalog.usable.push_back(kernels);
    }
  }
  // A table that can't be read, or a choice that can't be asked for by value.
  if (catalog.Find(catalog.library) == nullptr) {
    catalog.usable.push_back({catalog.library, ""});
  }
  return catalog;
}

}  // namespace hybrid
