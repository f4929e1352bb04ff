#include "analysis/paste_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <utility>

#include "analysis/advice.h"
#include "analysis/paste_library.h"
#include "analysis/vetted_split.h"
#include "base/contains.h"
#include "base/parse_number.h"
#include "base/text.h"
#include "base/text_file.h"
#include "blas/blas_calls.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

using Lines = std::vector<std::string>;

constexpr std::array<std::string_view, 4> kThreadVariables{
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS"};

/// Of ShortPasteLines.
constexpr std::size_t kShortPasteLines = 8;

/// How many columns `lines` may have, and whether there are only few of them.
enum class Form { kShort, kWhole };

bool IsIdentifier(std::string_view name) {
  const auto is_word = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           (c >= '0' && c <= '9');
  };
  return !name.empty() && (name[0] < '0' || name[0] > '9') &&
         std::all_of(name.begin(), name.end(), is_word);
}

/// `words` behind each other; lines that would be too long end with a
/// backslash.
Lines Continued(std::string line, std::span<const std::string> words) {
  Lines lines;
  for (const std::string& word : words) {
    // Room is left for the backslash.
    if (line.size() + 1 + word.size() + 2 > kScreenColumns) {
      lines.push_back(line + " \\");
      line = std::string(1, ' ');
    }
    line += ' ' + word;
  }
  lines.push_back(std::move(line));
  return lines;
}

/// Lines that take the names of `stray` out of the environment, but for those
/// that `use` sets anyway; none if that leaves nothing. In short form names of
/// one beginning are one word where the names don't fit a line.
Lines UnsetLines(const SplitResult& use, std::span<const std::string> stray,
                 Form form) {
  std::vector<std::string> names;
  std::set<std::string> beginnings;
  for (const std::string& variable : stray) {
    const std::string name = variable.substr(0, variable.find('='));
    const bool is_set = Contains(kThreadVariables, name) ||
                        name == "MKL_DYNAMIC" ||
                        use.kernels_setting.starts_with(name + "=");
    // What no shell can name it can't unset either.
    if (is_set || !IsIdentifier(name)) continue;
    names.push_back(name);
    beginnings.insert("${!" + name.substr(0, name.find('_')) + "@}");
  }
  if (names.empty()) return {};
  Lines lines = Continued("unset", names);
  if (lines.size() == 1 || form == Form::kWhole) return lines;
  return Continued("unset", Lines(beginnings.begin(), beginnings.end()));
}

Lines ExportLines(const SplitResult& use) {
  std::vector<std::string> settings;
  settings.reserve(kThreadVariables.size() + 1);
  for (const std::string_view variable : kThreadVariables) {
    settings.push_back(fmt::format("{}={}", variable, use.split.blas_threads));
  }
  if (!use.kernels_setting.empty()) settings.push_back(use.kernels_setting);
  Lines lines{"export MKL_DYNAMIC=FALSE"};
  for (const std::string& setting : settings) {
    if (lines.back().size() + 1 + setting.size() > kScreenColumns) {
      lines.emplace_back("export");
    }
    lines.back() += ' ' + setting;
  }
  return lines;
}

/// How many processes to start.
std::uint64_t ProcessesOf(const SplitResult& use) {
  return use.split.engine == Engine::kProcesses ? use.split.workers : 1;
}

/// What to do within the one process where that is not task after task, as
/// comments; none for processes.
Lines OneProcessLines(const SplitResult& use) {
  const std::uint64_t workers = use.split.workers;
  switch (use.split.engine) {
    case Engine::kProcesses:
      break;
    case Engine::kThreads:
      if (workers == 1) return {"# one process, task after task"};
      return {
          fmt::format("# Python: multiprocessing.pool.ThreadPool({}), "
                      "NumPy lets go of the GIL",
                      workers),
          fmt::format("# C++: {}, tasks shared out; LAPACK: stacks of 8 MiB",
                      Counted(workers, "std::thread"))};
    case Engine::kBatched:
      if (use.batched_call == kGemmLoop || use.batched_call.empty()) {
        return {
            "# one process, task after task: the library has no batched "
            "call"};
      }
      return {fmt::format("# one process, {} for all tasks of a batch",
                          IsBatchedCall(use.batched_call)
                              ? use.batched_call
                              : "the library's batched call")};
  }
  return {};
}

/// CPUs `first` to `last`.
struct CpuRange {
  int first = 0;
  int last = 0;
};

/// "0-3,64-67"; nothing if that is not what `text` is.
std::vector<CpuRange> ParseRanges(std::string_view text) {
  std::vector<CpuRange> ranges;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    text.remove_prefix(std::min(item.size() + 1, text.size()));
    const std::size_t dash = item.find('-');
    const auto first = ParseNumber<int>(item.substr(0, dash));
    const auto last = dash == std::string_view::npos
                          ? first
                          : ParseNumber<int>(item.substr(dash + 1));
    if (!first || !last) return {};
    ranges.push_back({*first, *last});
  }
  return ranges;
}

/// All CPUs of `places` in one text, "0-3".
std::string United(const std::vector<std::string_view>& places) {
  std::set<int> cpus;
  for (const std::string_view place : places) {
    for (const CpuRange& range : ParseRanges(place)) {
      for (int cpu = range.first; cpu <= range.last; ++cpu) cpus.insert(cpu);
    }
  }
  Lines items;
  for (auto cpu = cpus.begin(); cpu != cpus.end();) {
    const int first = *cpu;
    int last = first;
    for (++cpu; cpu != cpus.end() && *cpu == last + 1; ++cpu) last = *cpu;
    items.push_back(first == last ? fmt::format("{}", first)
                                  : fmt::format("{}-{}", first, last));
  }
  return fmt::format("{}", fmt::join(items, ","));
}

/// The CPUs of each process, if its workers' placement is known.
std::vector<std::string> PlacesOf(const SplitResult& use) {
  const std::vector<std::string_view> words = text_file::Words(use.cpus);
  if (words.size() != use.split.workers) return {};
  if (words.size() > 1 && ProcessesOf(use) == 1) return {United(words)};
  return {words.begin(), words.end()};
}

/// CPU `offset` behind the worker's first one, $c, in bash.
std::string CpuText(int offset) {
  return offset == 0 ? std::string("$c") : fmt::format("$((c+{}))", offset);
}

/// What each worker is bound to, as a loop over its first CPU, where those of
/// each worker are the first worker's moved by equal distances.
struct RegularPlaces {
  std::string first_cpus;  ///< "{0..126..2}"
  std::string place;       ///< "$c-$((c+1))"
};

std::optional<RegularPlaces> FindRegularPlaces(
    const std::vector<std::string>& places) {
  const std::vector<CpuRange> base = ParseRanges(places[0]);
  const std::vector<CpuRange> second = ParseRanges(places[1]);
  if (base.empty() || second.empty()) return std::nullopt;
  const int start = base[0].first;
  const int stride = second[0].first - start;
  if (stride <= 0) return std::nullopt;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::vector<CpuRange> ranges = ParseRanges(places[i]);
    const int moved = static_cast<int>(i) * stride;
    const bool fits = std::equal(
        ranges.begin(), ranges.end(), base.begin(), base.end(),
        [moved](const CpuRange& a, const CpuRange& b) {
          return a.first == b.first + moved && a.last == b.last + moved;
        });
    if (!fits) return std::nullopt;
  }
  Lines items;
  for (const CpuRange& range : base) {
    items.push_back(CpuText(range.first - start));
    if (range.last > range.first) {
      items.back() += "-" + CpuText(range.last - start);
    }
  }
  const int last = start + static_cast<int>(places.size() - 1) * stride;
  return RegularPlaces{
      fmt::format("{{{}..{}{}}}", start, last,
                  stride == 1 ? "" : fmt::format("..{}", stride)),
      fmt::format("{}", fmt::join(items, ","))};
}

/// A variable with the CPUs of each worker, one word a worker.
Lines PlacesLines(const SplitResult& use) {
  Lines lines{"export WORKER_CPUS=\""};
  for (const std::string& place : PlacesOf(use)) {
    if (lines.back().size() + place.size() + 1 > kScreenColumns)
      lines.emplace_back();
    if (!lines.back().empty() && lines.back().back() != '"')
      lines.back() += ' ';
    lines.back() += place;
  }
  lines.back() += '"';
  return lines;
}

/// `line` with what to do with the function, if that fits.
bool TellUse(std::string& line) {
  const std::string told = line + "  # then: workers ./program";
  if (told.size() > kScreenColumns) return false;
  line = told;
  return true;
}

/// A bash function that starts the command that it is given once per item of
/// `list`, which `place` binds to CPUs. Each gets its number in WORKER, from 0;
/// an interrupt ends all, and one that fails makes the function fail. Nothing
/// where a line would be too long.
std::optional<Lines> WorkersLoop(std::string_view list,
                                 std::string_view place) {
  Lines lines{
      // In a shell of its own: no variable is left behind.
      fmt::format("workers() ( p=() s=0; for c in {}; do", list),
      // Tight, so that 16 workers of 8 cores with two siblings each fit.
      fmt::format("  WORKER=${{#p[@]}} {}\"$@\"& p+=($!);done",
                  place.empty() ? "" : fmt::format("taskset -c {} ", place)),
      "  trap 'kill ${p[@]}' INT; for c in ${p[@]}; do wait $c || s=1; done; "
      "exit $s )"};
  for (const std::string& line : lines) {
    if (line.size() > kScreenColumns) return std::nullopt;
  }
  if (!TellUse(lines[0])) TellUse(lines[1]);
  return lines;
}

/// The function for one worker, which needs no loop.
std::optional<Lines> OneWorker(std::string_view place) {
  std::string line =
      fmt::format("workers() {{ {}\"$@\"; }}",
                  place.empty() ? "" : fmt::format("taskset -c {} ", place));
  if (line.size() > kScreenColumns) return std::nullopt;
  TellUse(line);
  return Lines{std::move(line)};
}

/// A function `workers` that starts the command that it is given once per
/// worker, each on the CPUs that the measured workers had; in short form
/// without them if they can't be told in one line.
Lines WorkersFunction(const SplitResult& use, Form form) {
  const std::vector<std::string> places = PlacesOf(use);
  const bool alone = ProcessesOf(use) == 1;
  const auto over = [alone](std::string_view cpus) {
    return alone ? OneWorker(cpus) : WorkersLoop(cpus, "$c");
  };
  if (!places.empty()) {
    std::optional<Lines> function = over(alone ? places[0] : use.cpus);
    if (!function && !alone) {
      if (const auto regular = FindRegularPlaces(places)) {
        function = WorkersLoop(regular->first_cpus, regular->place);
      }
    }
    if (function) return *function;
    if (form == Form::kWhole) {
      Lines lines = PlacesLines(use);
      function = over("$WORKER_CPUS");
      lines.insert(lines.end(), function->begin(), function->end());
      return lines;
    }
  }
  Lines lines =
      alone ? *OneWorker("")
            : *WorkersLoop(fmt::format("{{1..{}}}", ProcessesOf(use)), "");
  if (!places.empty()) lines.back() += "  # placed: --paste=shell";
  return lines;
}

/// What both shells and batch systems start with; in short form `behind` lines
/// more have to find room.
Lines SettingLines(const SplitResult& use, std::span<const std::string> stray,
                   Form form, std::size_t behind) {
  Lines lines{"# " + SplitWords(use.split)};
  for (const Lines& more : {UnsetLines(use, stray, form), ExportLines(use)}) {
    lines.insert(lines.end(), more.begin(), more.end());
  }
  const std::size_t taken = lines.size() + behind;
  const std::size_t room =
      taken < kShortPasteLines ? kShortPasteLines - taken : 1;
  for (std::string& line : form == Form::kWhole
                               ? LibraryLines(use)
                               : ShortLibraryLines(use, room)) {
    lines.push_back(std::move(line));
  }
  return lines;
}

Lines ShellLines(const SplitResult& use, std::span<const std::string> stray,
                 Form form) {
  Lines function = WorkersFunction(use, form);
  Lines lines = SettingLines(use, stray, form, function.size());
  for (std::string& line : function) lines.push_back(std::move(line));
  for (std::string& line : OneProcessLines(use)) {
    if (form == Form::kWhole || lines.size() < kShortPasteLines) {
      lines.push_back(std::move(line));
    }
  }
  if (use.split.engine != Engine::kProcesses) return lines;
  if (form == Form::kWhole || lines.size() < kShortPasteLines) {
    lines.push_back(
        use.split.workers == 1
            ? std::string("# Python: no pool, task after task")
            : fmt::format(
                  "# Python: multiprocessing.get_context(\"spawn\").Pool({})",
                  use.split.workers));
  }
  return lines;
}

/// The variable of `use.kernels_setting`, which there has to be, and its value.
std::pair<std::string, std::string> KernelsVariable(const SplitResult& use) {
  const std::size_t equals = use.kernels_setting.find('=');
  return {use.kernels_setting.substr(0, equals),
          use.kernels_setting.substr(equals + 1)};
}

/// The threads of every BLAS, and the kernels, from within Python.
Lines PythonSettings(const SplitResult& use) {
  Lines lines{
      "import os",
      "",
      "# Before NumPy is imported: a BLAS reads them when it is loaded.",
      R"(for name in ("OMP", "OPENBLAS", "MKL", "BLIS"):)",
      fmt::format(R"(    os.environ[name + "_NUM_THREADS"] = "{}")",
                  use.split.blas_threads),
      R"(os.environ["MKL_DYNAMIC"] = "FALSE")",
  };
  if (!use.kernels_setting.empty()) {
    const auto [name, value] = KernelsVariable(use);
    lines.push_back(fmt::format(R"(os.environ["{}"] = "{}")", name, value));
  }
  return lines;
}

Lines PythonLines(const SplitResult& use, const Lines& imports,
                  const Lines& main) {
  Lines lines{"# " + SplitWords(use.split)};
  for (const Lines& more :
       {PythonLibraryLines(use), PythonSettings(use), imports}) {
    lines.insert(lines.end(), more.begin(), more.end());
  }
  for (const char* line :
       {"", "# Your own imports, operation (a function of one task) and tasks:",
        "", R"(if __name__ == "__main__":)"}) {
    lines.emplace_back(line);
  }
  for (const std::string& line : main) lines.push_back("    " + line);
  return lines;
}

/// A pool of threads in the one process.
Lines ThreadPoolLines(const SplitResult& use, Lines imports) {
  imports.insert(imports.begin(),
                 "from multiprocessing.pool import ThreadPool");
  return PythonLines(
      use, imports,
      {"# NumPy lets go of the GIL in dot, matmul and linalg.",
       fmt::format("with ThreadPool({}) as pool:", use.split.workers),
       "    results = pool.map(operation, tasks)"});
}

Lines BatchedLines(const SplitResult& use, const Lines& imports) {
  Lines main = OneProcessLines(use);
  main.emplace_back("results = operation(tasks)  # of all tasks at once");
  return PythonLines(use, imports, main);
}

Lines MultiprocessingLines(const SplitResult& use) {
  if (use.split.engine == Engine::kBatched) return BatchedLines(use, {});
  if (use.split.engine == Engine::kThreads) return ThreadPoolLines(use, {});
  if (use.split.workers == 1) {
    return PythonLines(use, {},
                       {"results = [operation(task) for task in tasks]"});
  }
  return PythonLines(
      use, {"import multiprocessing"},
      {"# Not fork: an OpenMP BLAS that was used before would hang.",
       fmt::format(
           R"(with multiprocessing.get_context("spawn").Pool({}) as pool:)",
           use.split.workers),
       "    results = pool.map(operation, tasks)"});
}

Lines JoblibLines(const SplitResult& use) {
  if (use.split.engine == Engine::kBatched) return BatchedLines(use, {});
  if (use.split.engine == Engine::kThreads) {
    return PythonLines(
        use, {"from joblib import Parallel, delayed, parallel_config"},
        {R"(with parallel_config("threading"):)",
         fmt::format("    results = Parallel(n_jobs={})(", use.split.workers),
         "        delayed(operation)(task) for task in tasks)"});
  }
  return PythonLines(
      use, {"from joblib import Parallel, delayed, parallel_config"},
      {fmt::format(R"(with parallel_config("loky", inner_max_num_threads={}):)",
                   use.split.blas_threads),
       fmt::format("    results = Parallel(n_jobs={})(", use.split.workers),
       "        delayed(operation)(task) for task in tasks)"});
}

Lines TorchLines(const SplitResult& use) {
  const std::string threads =
      fmt::format("torch.set_num_threads, ({},)", use.split.blas_threads);
  if (use.split.engine == Engine::kBatched) {
    return BatchedLines(use, {"import torch  # torch.bmm is a batched call"});
  }
  if (use.split.engine == Engine::kThreads) {
    return ThreadPoolLines(use, {"import torch", "",
                                 fmt::format("torch.set_num_threads({})",
                                             use.split.blas_threads)});
  }
  return PythonLines(use, {"import torch"},
                     {R"(context = torch.multiprocessing.get_context("spawn"))",
                      fmt::format("with context.Pool({}, {}) as pool:",
                                  use.split.workers, threads),
                      "    results = pool.map(operation, tasks)"});
}

Lines DaskLines(const SplitResult& use) {
  if (use.split.engine == Engine::kBatched) return BatchedLines(use, {});
  const bool threads = use.split.engine == Engine::kThreads;
  Lines main{
      R"(spawn = "distributed.nanny.pre-spawn-environ.")",
      R"(for name in ("OMP", "OPENBLAS", "MKL", "BLIS"):)",
      fmt::format(
          R"(    dask.config.set({{spawn + name + "_NUM_THREADS": {}}}))",
          use.split.blas_threads)};
  if (!use.kernels_setting.empty()) {
    const auto [name, value] = KernelsVariable(use);
    main.push_back(
        fmt::format(R"(dask.config.set({{spawn + "{}": "{}"}}))", name, value));
  }
  main.push_back(fmt::format(
      "with LocalCluster(n_workers={}, threads_per_worker={}) as cluster:",
      ProcessesOf(use), threads ? use.split.workers : 1));
  main.emplace_back("    client = Client(cluster)");
  main.emplace_back(
      "    results = client.gather(client.map(operation, tasks))");
  return PythonLines(
      use, {"import dask", "from dask.distributed import Client, LocalCluster"},
      main);
}

/// A script for what starts processes by itself: `command` starts one of them
/// per worker, `rank` being the variable that tells them apart. Given to
/// `submit`, it runs the program behind its name; pasted, it defines `workers`.
Lines BatchLines(const SplitResult& use, std::span<const std::string> stray,
                 const std::string& command, std::string_view rank,
                 std::string_view submit) {
  Lines lines = SettingLines(use, stray, Form::kWhole, 0);
  for (std::string& line : OneProcessLines(use))
    lines.push_back(std::move(line));
  if (PlacesOf(use).empty()) {
    lines.push_back("workers() { " + command + " \"$@\"; }");
  } else {
    for (std::string& line : PlacesLines(use)) lines.push_back(std::move(line));
    lines.push_back(fmt::format(
        "place='c=($WORKER_CPUS); exec taskset -c \"${{c[{}]}}\" \"$@\"'",
        rank));
    lines.push_back("workers() { " + command + " \\");
    lines.emplace_back("  bash -c \"$place\" - \"$@\"; }");
  }
  lines.push_back(fmt::format(
      "# Pasted: workers ./program; as a file: {} FILE ./program", submit));
  // What stands behind it may be for other sizes of matrices.
  lines.emplace_back("[ $# -eq 0 ] || { workers \"$@\"; exit; }");
  return lines;
}

// The exact placement is set by taskset on each rank: what launchers call a
// core or a CPU depends on how they are set up. So the job has a whole node and
// the step, which asks for no CPUs, all that the job has.
Lines SlurmLines(const SplitResult& use, std::span<const std::string> stray) {
  Lines lines{"#!/bin/bash",
              fmt::format("#SBATCH --nodes=1 --exclusive --ntasks={}",
                          ProcessesOf(use))};
  for (std::string& line :
       BatchLines(use, stray,
                  fmt::format("srun --nodes=1 --ntasks={} --cpu-bind=none",
                              ProcessesOf(use)),
                  "SLURM_LOCALID", "sbatch")) {
    lines.push_back(std::move(line));
  }
  return lines;
}

Lines MpiLines(const SplitResult& use, std::span<const std::string> stray) {
  return BatchLines(
      use, stray, fmt::format("mpirun -n {} --bind-to none", ProcessesOf(use)),
      "${OMPI_COMM_WORLD_LOCAL_RANK:-${MPI_LOCALRANKID:?}}", "bash");
}

Lines LinesFor(const SplitResult& use, Launcher launcher,
               std::span<const std::string> stray) {
  switch (launcher) {
    case Launcher::kPython:
      return MultiprocessingLines(use);
    case Launcher::kJoblib:
      return JoblibLines(use);
    case Launcher::kTorch:
      return TorchLines(use);
    case Launcher::kDask:
      return DaskLines(use);
    case Launcher::kSlurm:
      return SlurmLines(use, stray);
    case Launcher::kMpi:
      return MpiLines(use, stray);
    case Launcher::kShell:
      break;
  }
  return ShellLines(use, stray, Form::kWhole);
}

/// `lines`, of which none goes on behind its end: what a result file says may
/// stand in comments as it is.
Lines Unbroken(Lines lines) {
  for (std::string& line : lines) line = OneLine(line);
  return lines;
}

}  // namespace

std::vector<std::string> PasteLines(const SplitResult& use, Launcher launcher,
                                    std::span<const std::string> stray) {
  return Unbroken(LinesFor(VettedSplit(use), launcher, stray));
}

std::vector<std::string> ShortPasteLines(const SplitResult& use,
                                         std::span<const std::string> stray) {
  return Unbroken(ShellLines(VettedSplit(use), stray, Form::kShort));
}

}  // namespace hybrid
