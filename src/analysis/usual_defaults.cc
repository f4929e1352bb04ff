#include "analysis/usual_defaults.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/gain.h"
#include "analysis/gain_text.h"
#include "base/cpu_ranges.h"
#include "base/text_file.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// Up to that many CPUs dask's workers are processes of one thread; with more
/// of them they have several.
constexpr std::uint64_t kMostDaskWorkers = 4;

/// The CPUs of the usable cores, of which each may have several: what Python
/// counts, and how many threads a BLAS takes. As many as cores if no split says
/// where it ran.
std::uint64_t CpusOfCores(const Answer& answer) {
  std::vector<std::string_view> places;
  for (const SplitResult& split : answer.splits) {
    const std::vector<std::string_view> more = text_file::Words(split.cpus);
    places.insert(places.end(), more.begin(), more.end());
  }
  std::uint64_t count = 0;
  for (const auto& [first, last] : UnitedCpus(places)) {
    count += static_cast<std::uint64_t>(last - first) + 1;
  }
  return std::max(count, answer.key.usable_cores);
}

/// "all BLAS threads", of as many CPUs.
std::string ThreadsText(std::uint64_t threads, std::uint64_t cpus) {
  return threads == cpus ? "all BLAS threads"
                         : fmt::format("{} BLAS threads", threads);
}

/// Who chooses `split` on so many cores with so many CPUs in all; empty if
/// nobody does.
std::string ChooserOf(const Split& split, std::uint64_t cores,
                      std::uint64_t cpus) {
  const auto [workers, threads, engine, host_count] = split;
  if (host_count > 1 || engine != Engine::kProcesses || cores < 2 ||
      workers > cpus)
    return {};
  if (workers == 1 && threads == 1) return "no parallelism";
  // MKL and PyTorch take a thread per core, OpenBLAS and OpenMP one per CPU.
  const bool is_all = threads == cores || threads == cpus;
  if (workers == 1 && is_all) {
    return fmt::format("one process, {}", ThreadsText(threads, cpus));
  }
  if (workers == 1) return {};
  if (workers == cpus && threads == 1) {
    return workers <= kMostDaskWorkers ? "joblib, dask" : "joblib";
  }
  if (threads == std::max<std::uint64_t>(1, cpus / workers)) {
    return fmt::format("joblib(n_jobs={})", workers);
  }
  if (is_all && (workers == cores || workers == cpus)) {
    return fmt::format("Pool({}), {}", workers, ThreadsText(threads, cpus));
  }
  return {};
}

/// "the best", "1.31× the time", "> 3.9× the time", "tie".
std::string LossOf(const Gain& gain, const Split& best) {
  if (gain.split == best) return "the best";
  const auto figure = GainFigure(gain);
  if (!figure) return WhyNoGain(gain);
  return gain.kind == Gain::Kind::kByRate
             ? fmt::format("{} the time by its rate", FormatRatio(gain.ratio))
             : fmt::format("{} the time", *figure);
}

/// The order in which they are told: the most processes first, of as many the
/// fewest threads.
bool IsToldBefore(const Gain& a, const Gain& b) {
  if (a.split.workers != b.split.workers) {
    return a.split.workers > b.split.workers;
  }
  return a.split.blas_threads < b.split.blas_threads;
}

}  // namespace

std::string UsualChooser(const Answer& answer, const Split& split) {
  return ChooserOf(split, answer.key.usable_cores, CpusOfCores(answer));
}

std::vector<Gain> FindUsualDefaults(const Answer& answer) {
  if (answer.best() == nullptr) return {};
  const std::uint64_t cpus = CpusOfCores(answer);
  std::vector<Gain> defaults;
  for (const SplitResult& split : answer.splits) {
    const std::string chooser =
        ChooserOf(split.split, answer.key.usable_cores, cpus);
    if (chooser.empty()) continue;
    Gain gain = GainOver(chooser, split.split, answer.splits);
    if (gain.kind != Gain::Kind::kNotMeasured &&
        gain.kind != Gain::Kind::kNotRun) {
      defaults.push_back(std::move(gain));
    }
  }
  std::sort(defaults.begin(), defaults.end(), IsToldBefore);
  return defaults;
}

std::vector<std::string> UsualDefaultsItems(const Answer& answer) {
  std::vector<std::string> items;
  bool any_known = false;
  for (const Gain& gain : FindUsualDefaults(answer)) {
    const bool is_best = gain.split == answer.best()->split;
    any_known |=
        !is_best && (GainFigure(gain) || gain.kind == Gain::Kind::kTie);
    items.push_back(fmt::format("{} ({}): {}", gain.base, SplitText(gain.split),
                                LossOf(gain, answer.best()->split)));
  }
  // Alone none has anything to be compared with.
  return any_known ? items : std::vector<std::string>();
}

}  // namespace hybrid
