#ifndef HYBRID_KEY_KEY_H_
#define HYBRID_KEY_KEY_H_

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/enum_names.h"
#include "key/precision.h"

namespace hybrid {

/// What kind of benchmark measured something.
enum class Family : std::uint32_t {
  kHybrid,
  kNoise,
  kOverhead,
  kTutorial,
  kHosts
};
template <>
inline constexpr std::array<std::string_view, 5> kNames<Family>{
    "Hybrid", "Noise", "Overhead", "Tutorial", "Hosts"};

/// Whether rows of `family` are about the others', what differences mean or
/// what hosts can do, and so neither compared nor left out with any of these.
constexpr bool IsAboutOthers(Family family) {
  return family == Family::kNoise || family == Family::kHosts;
}

/// Where a task's operands come from: made in every task (kFresh), one set that
/// each worker reuses (kHot, the upper bound), or made once before the gate in
/// an arena that all workers share (kResident).
enum class Data : std::uint32_t { kFresh, kHot, kResident };
template <>
inline constexpr std::array<std::string_view, 3> kNames<Data>{"fresh", "hot",
                                                              "resident"};

/// Where a task's product goes: over the worker's previous one (kNone), or to
/// the task's own slot in an arena that the parent can read (kShared).
enum class Collect : std::uint32_t { kNone, kShared };
template <>
inline constexpr std::array<std::string_view, 2> kNames<Collect>{"none",
                                                                 "shared"};

/// Whether each worker is bound to physical cores of its own. kAuto binds
/// exactly where workers × blas_threads fit the usable cores.
enum class Pin : std::uint32_t { kAuto, kCores, kNone };
template <>
inline constexpr std::array<std::string_view, 3> kNames<Pin>{"auto", "cores",
                                                             "none"};

/// How tasks run side by side: in worker processes, in threads of one process,
/// or in one process by the library's batched call, which takes all tasks of a
/// batch at once.
enum class Engine : std::uint32_t { kProcesses, kThreads, kBatched };
template <>
inline constexpr std::array<std::string_view, 3> kNames<Engine>{
    "processes", "threads", "batched"};

/// The values of Key::kernels_asked that name no kernels.
inline constexpr std::string_view kBestKernels = "best";
inline constexpr std::string_view kLibraryKernels = "library";

/// Key::operation of the user's own program, and Key::protocol of one that is
/// started once for a whole batch.
inline constexpr std::string_view kCommandOperation = "command";
inline constexpr std::string_view kWholeProtocol = "whole";

/// How many workers each host has, how many BLAS threads each of them, what the
/// workers are, and over how many hosts a batch is spread: the splits of one
/// group compete whatever these are.
struct Split {
  std::uint64_t workers = 1;
  std::uint64_t blas_threads = 1;
  Engine engine = Engine::kProcesses;
  std::uint64_t host_count = 1;

  /// Of all hosts together.
  std::uint64_t all_workers() const { return host_count * workers; }
  std::uint64_t all_threads() const { return all_workers() * blas_threads; }

  auto operator<=>(const Split&) const = default;
};

/// Everything that identifies what is measured. ForEachKey lists it; whoever
/// compares, groups, names, writes or reads measurements walks that list.
struct Key {
  Family family = Family::kHybrid;
  /// Which of the family's benchmarks, where that has several: the tutorial's
  /// `processes`, the noise's `A`; of Hosts the name of the host.
  std::string variant;
  std::string operation = "gemm";
  /// Of operation `command`, and empty for all others: the user's program, in
  /// one line as it was typed, how it is spoken to (`auto`, `lines`, `filter`,
  /// `once`, `whole`), and the variables that are an axis of the sweep
  /// (`NAME=a NAME2='b c'`, words of a shell).
  std::string command;
  std::string protocol;
  std::string environment;
  Precision precision = Precision::kDouble;
  /// The library that workers load: a name of blas/library_table.h, or a path.
  std::string blas = "blis";
  Data data = Data::kFresh;
  Collect collect = Collect::kNone;
  /// `best` (the fastest at this n and blas_threads), `library` (its own
  /// choice), or the name of kernels.
  std::string kernels_asked = std::string(kLibraryKernels);
  Pin pin = Pin::kAuto;
  /// Operations whose matrices may be tall have m = aspect × n rows.
  std::uint64_t aspect = 1;
  /// Order of the operands, or their columns; of a command what the user says
  /// of it, 0 if nothing.
  std::uint64_t n = 0;
  std::uint64_t batch = 0;  ///< tasks of a batch
  /// Hosts that share the tasks of a batch. Workers, their processes and
  /// threads are counted on each of them.
  std::uint64_t host_count = 1;
  Engine engine = Engine::kProcesses;
  std::uint64_t workers = 1;
  std::uint64_t blas_threads = 1;
  std::uint64_t seed = 0;

  Split split() const { return {workers, blas_threads, engine, host_count}; }
  /// Whether the user's own program does the tasks.
  bool runs_command() const { return operation == kCommandOperation; }
  /// Whether that makes workers of its own, and takes all tasks of a batch.
  bool is_whole() const { return protocol == kWholeProtocol; }
  /// Worker processes of ours: the other engines have one for all workers, and
  /// so has a program that makes its own.
  std::uint64_t processes() const {
    return engine == Engine::kProcesses && !is_whole() ? workers : 1;
  }
  /// Workers of ours that claim tasks.
  std::uint64_t claimants() const { return is_whole() ? 1 : workers; }
  auto operator<=>(const Key&) const = default;
};

/// How texts treat a part of the key.
enum class KeyRole {
  kName,    ///< of the benchmark: shown first and without a label
  kAlways,  ///< always shown, as `n=256`
  kOption,  ///< shown where it is not the default
  kSplit,   ///< part of the split; left out where it is the usual value
  kSeed,    ///< decides the operands' values and nothing else; never shown
};

/// What there is to know of a part of the key beside its value.
struct KeyPart {
  std::string_view column;  ///< in the CSV
  std::string_view label;   ///< in texts and benchmarks' names
  KeyRole role;
  std::string_view usual = {};  ///< its value by default, if it has one
  /// Of a kOption that the answer tells even where it is the default: how.
  std::string_view told = {};
};

/// The kernels that a family's benchmarks ask for unless the user says
/// otherwise. Those of Overhead compute nothing, so that none are chosen.
constexpr std::string_view UsualKernels(Family family) {
  return family == Family::kOverhead ? kLibraryKernels : kBestKernels;
}

/// Calls `visit(part, field)` for every part of `key`, a Key or what derives
/// from one: the one list of what identifies a measurement.
template <typename KeyType, typename Visitor>
void ForEachKey(KeyType& key, Visitor&& visit) {
  using R = KeyRole;
  visit(KeyPart{"family", "family", R::kName}, key.family);
  visit(KeyPart{"variant", "variant", R::kName}, key.variant);
  visit(KeyPart{"operation", "operation", R::kName}, key.operation);
  visit(KeyPart{"command", "command", R::kOption}, key.command);
  visit(KeyPart{"protocol", "protocol", R::kOption, "auto"}, key.protocol);
  visit(KeyPart{"environment", "env", R::kOption}, key.environment);
  visit(KeyPart{"precision", "precision", R::kOption, "d"}, key.precision);
  visit(KeyPart{"aspect", "aspect", R::kOption, "1"}, key.aspect);
  visit(KeyPart{"blas", "blas", R::kOption, "blis", "{}"}, key.blas);
  // A command's operands are its own.
  visit(KeyPart{"data", "data", R::kOption, "fresh",
                key.runs_command() ? "" : "{} operands"},
        key.data);
  visit(KeyPart{"collect", "collect", R::kOption, "none"}, key.collect);
  visit(KeyPart{"kernels_asked", "kernels", R::kOption,
                UsualKernels(key.family), "kernels {}"},
        key.kernels_asked);
  visit(KeyPart{"pin", "pin", R::kOption, "auto"}, key.pin);
  visit(KeyPart{"n", "n", R::kAlways}, key.n);
  visit(KeyPart{"batch", "batch", R::kAlways}, key.batch);
  visit(KeyPart{"host_count", "hosts", R::kSplit, "1"}, key.host_count);
  visit(KeyPart{"engine", "engine", R::kSplit, "processes"}, key.engine);
  visit(KeyPart{"workers", "workers", R::kSplit}, key.workers);
  visit(KeyPart{"blas_threads", "blas_threads", R::kSplit}, key.blas_threads);
  visit(KeyPart{"seed", "seed", R::kSeed}, key.seed);
}

/// What is compared with itself: the key without its seed.
Key WithoutSeed(Key key);

/// What all splits of one group have in common: the key without variant, split
/// and seed.
Key GroupOf(Key key);

/// More BLAS threads on a host than its `usable_cores`.
bool IsOversubscribed(const Split& split, int usable_cores);

}  // namespace hybrid

#endif  // HYBRID_KEY_KEY_H_
