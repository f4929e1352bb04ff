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
#include "analysis/paste_program.h"
#include "analysis/paste_python.h"
#include "analysis/paste_split.h"
#include "analysis/vetted_split.h"
#include "base/contains.h"
#include "base/cpu_ranges.h"
#include "base/shell_words.h"
#include "base/text.h"

namespace hybrid {
namespace {

using Lines = std::vector<std::string>;

constexpr std::array<std::string_view, 4> kThreadVariables{
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS"};

/// Of ShortPasteLines.
constexpr std::size_t kShortPasteLines = 8;

using Program = std::optional<PasteProgram>;

/// How many columns `lines` may have, and whether there are only few of them.
enum class Form { kShort, kWhole };

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

/// NAME=value for `export`.
std::string Quoted(const std::string& variable) {
  const std::size_t value = variable.find('=') + 1;
  return variable.substr(0, value) + Quote(variable.substr(value));
}

Lines ExportLines(const SplitResult& use, const Program& program) {
  std::vector<std::string> settings;
  settings.reserve(kThreadVariables.size());
  for (const std::string_view variable : kThreadVariables) {
    settings.push_back(fmt::format("{}={}", variable, use.split.blas_threads));
  }
  if (!use.kernels_setting.empty()) settings.push_back(use.kernels_setting);
  if (program) {
    for (const std::string& variable : program->variables()) {
      settings.push_back(Quoted(variable));
    }
  }
  Lines lines{"export MKL_DYNAMIC=FALSE"};
  for (const std::string& setting : settings) {
    if (lines.back().size() + 1 + setting.size() > kScreenColumns) {
      lines.emplace_back("export");
    }
    lines.back() += ' ' + setting;
  }
  return lines;
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
  const std::vector<CpuRange> base = ParseCpuRanges(places[0]);
  const std::vector<CpuRange> second = ParseCpuRanges(places[1]);
  if (base.empty() || second.empty()) return std::nullopt;
  const int start = base[0].first;
  const int stride = second[0].first - start;
  if (stride <= 0) return std::nullopt;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::vector<CpuRange> ranges = ParseCpuRanges(places[i]);
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
bool TellUse(std::string& line, std::string_view use = "workers ./program") {
  const std::string told = fmt::format("{}  # then: {}", line, use);
  if (DisplayWidth(told) > kScreenColumns) return false;
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

/// Adds the variables that nobody is to paste, in a comment: in short form
/// behind the first line, which is one.
void AddUntold(const PasteProgram& program, Form form, Lines& lines) {
  const std::string untold = program.UntoldText();
  if (untold.empty()) return;
  if (form == Form::kWhole) {
    lines.push_back("# " + untold);
    return;
  }
  const std::string told = fmt::format("{}; {}", lines[0], untold);
  lines[0] = DisplayWidth(told) <= kScreenColumns
                 ? told
                 : lines[0] + "; set by hand: --paste=shell";
}

/// What both shells and batch systems start with; in short form `behind` lines
/// more have to find room.
Lines SettingLines(const SplitResult& use, const Program& program,
                   std::span<const std::string> stray, Form form,
                   std::size_t behind) {
  Lines lines{"# " + SplitWords(use.split)};
  if (program && form == Form::kWhole) {
    lines.push_back("# of: " + program->About());
  }
  if (program) AddUntold(*program, form, lines);
  for (const Lines& more :
       {UnsetLines(use, stray, form), ExportLines(use, program)}) {
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

/// Whether `program` makes its own workers: then nobody else does.
bool IsWhole(const Program& program) {
  return program && program->way() == PasteProgram::Way::kWhole;
}

/// Whether the lines have a `run` that does all tasks.
bool HasRun(const Program& program) {
  return program && program->way() != PasteProgram::Way::kLines;
}

/// The function `run`, for so many processes; in short form what there is room
/// for.
Lines RunLines(std::uint64_t processes, const Program& program,
               const std::string& rank, Form form) {
  if (!HasRun(program)) return {};
  if (IsWhole(program)) {
    Lines words = program->BashWords();
    words.back() += " )";
    Lines lines = Continued("run() (", words);
    if (!TellUse(lines.back(), "run") && form == Form::kWhole) {
      lines.emplace_back("# then: run");
    }
    constexpr std::size_t kMostLines = 4;
    const bool fits = lines.size() <= kMostLines &&
                      std::all_of(lines.begin(), lines.end(), [](auto& line) {
                        return DisplayWidth(line) <= kScreenColumns;
                      });
    if (form == Form::kWhole || fits) return lines;
  } else if (form == Form::kWhole) {
    return program->RunLines(processes, rank);
  }
  return {"# run, which does all tasks: --paste=shell"};
}

/// What Python has for it.
std::string PythonHint(const SplitResult& use, const Program& program) {
  if (program && program->is_python()) return "# Python: --paste=python";
  return use.split.workers == 1
             ? std::string("# Python: no pool, task after task")
             : fmt::format(
                   "# Python: multiprocessing.get_context(\"spawn\").Pool({})",
                   use.split.workers);
}

Lines ShellLines(const SplitResult& use, const Program& program,
                 std::span<const std::string> stray, Form form) {
  Lines functions = IsWhole(program) ? Lines() : WorkersFunction(use, form);
  for (std::string& line : RunLines(ProcessesOf(use), program, "", form)) {
    functions.push_back(std::move(line));
  }
  Lines lines = SettingLines(use, program, stray, form, functions.size());
  for (std::string& line : functions) lines.push_back(std::move(line));
  Lines hints = OneProcessLines(use);
  if (use.split.engine == Engine::kProcesses && !HasRun(program)) {
    hints.push_back(PythonHint(use, program));
  }
  for (std::string& line : hints) {
    if (form == Form::kWhole || lines.size() < kShortPasteLines) {
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

/// The processes of all hosts.
std::uint64_t AllProcessesOf(const SplitResult& use) {
  return use.split.host_count * ProcessesOf(use);
}

/// What starts processes by itself.
struct BatchSystem {
  std::string command;  ///< starts the one behind it once per worker
  std::string rank;     ///< the variable that tells these apart on a host
  std::string number;   ///< the one that tells all of them apart
  std::string submit;   ///< what is given the lines as a script
  std::string hosts{};  ///< words of bash that tell their names; empty: none
};

/// A script for `system`. Given to its `submit`, it runs the program behind its
/// name; pasted, it defines `workers`, and `run` of a program that has one.
Lines BatchLines(const SplitResult& use, const Program& program,
                 std::span<const std::string> stray,
                 const BatchSystem& system) {
  Lines lines = SettingLines(use, program, stray, Form::kWhole, 0);
  for (std::string& line : OneProcessLines(use))
    lines.push_back(std::move(line));
  if (IsWhole(program)) {
    // It starts what it needs by itself.
    if (program->TakesHosts() && !system.hosts.empty()) {
      lines.push_back(fmt::format("HOSTS=${{HOSTS:-$({})}}", system.hosts));
    }
  } else if (PlacesOf(use).empty()) {
    lines.push_back("workers() { " + system.command + " \"$@\"; }");
  } else {
    for (std::string& line : PlacesLines(use)) lines.push_back(std::move(line));
    lines.push_back(fmt::format(
        "place='c=($WORKER_CPUS); exec taskset -c \"${{c[{}]}}\" \"$@\"'",
        system.rank));
    lines.push_back("workers() { " + system.command + " \\");
    lines.emplace_back("  bash -c \"$place\" - \"$@\"; }");
  }
  for (std::string& line :
       RunLines(AllProcessesOf(use), program,
                fmt::format("export WORKER=$(({})); ", system.number),
                Form::kWhole)) {
    lines.push_back(std::move(line));
  }
  // What stands behind it may be for other sizes of matrices.
  if (HasRun(program)) {
    lines.push_back(
        fmt::format("# Pasted: run; as a file: {} FILE run", system.submit));
    lines.emplace_back("[ $# -eq 0 ] || { \"$@\"; exit; }");
  } else {
    lines.push_back(
        fmt::format("# Pasted: workers ./program; as a file: {} FILE ./program",
                    system.submit));
    lines.emplace_back("[ $# -eq 0 ] || { workers \"$@\"; exit; }");
  }
  return lines;
}

// The exact placement is set by taskset on each rank: what launchers call a
// core or a CPU depends on how they are set up. So the job has a whole node and
// the step, which asks for no CPUs, all that the job has.
Lines SlurmLines(const SplitResult& use, const Program& program,
                 std::span<const std::string> stray) {
  const std::string tasks =
      use.split.host_count == 1
          ? fmt::format("--ntasks={}", ProcessesOf(use))
          : fmt::format("--ntasks-per-node={}", ProcessesOf(use));
  Lines lines{"#!/bin/bash", fmt::format("#SBATCH --nodes={} --exclusive {}",
                                         use.split.host_count, tasks)};
  for (std::string& line :
       BatchLines(use, program, stray,
                  {fmt::format("srun --nodes={} {} --cpu-bind=none",
                               use.split.host_count, tasks),
                   "SLURM_LOCALID",
                   use.split.host_count == 1 ? "SLURM_LOCALID" : "SLURM_PROCID",
                   "sbatch", "scontrol show hostnames | paste -sd,"})) {
    lines.push_back(std::move(line));
  }
  return lines;
}

Lines MpiLines(const SplitResult& use, const Program& program,
               std::span<const std::string> stray) {
  const std::string rank =
      "${OMPI_COMM_WORLD_LOCAL_RANK:-${MPI_LOCALRANKID:?}}";
  if (use.split.host_count == 1 || IsWhole(program)) {
    return BatchLines(
        use, program, stray,
        {fmt::format("mpirun -n {} --bind-to none", ProcessesOf(use)), rank,
         rank, "bash"});
  }
  // How many a host Open MPI and Hydra are told in their own words, which both
  // refuse of the other.
  Lines lines{
      fmt::format("# on {0} hosts, in Slurm: salloc --nodes={0} "
                  "--ntasks-per-node={1}",
                  use.split.host_count, ProcessesOf(use)),
      fmt::format("per_host='--map-by ppr:{0}:node'  # MPICH, Intel MPI: "
                  "per_host='-ppn {0}'",
                  ProcessesOf(use))};
  for (std::string& line :
       BatchLines(use, program, stray,
                  {fmt::format("mpirun -n {} $per_host --bind-to none",
                               AllProcessesOf(use)),
                   rank, "${OMPI_COMM_WORLD_RANK:-${PMI_RANK:?}}", "bash"})) {
    lines.push_back(std::move(line));
  }
  return lines;
}

/// `lines` with the word that they are for one of several hosts, unless
/// `program` gets to all of them by itself.
Lines OfOneHost(const SplitResult& use, const Program& program, Lines lines) {
  const std::uint64_t hosts = use.split.host_count;
  if (hosts > 1 && !IsWhole(program)) {
    lines.insert(
        lines.begin(),
        fmt::format("# for one host of {}; all: --paste=slurm, --paste=mpi",
                    hosts));
  }
  return lines;
}

Lines LinesFor(const SplitResult& use, Launcher launcher, const Key& key,
               std::span<const std::string> stray) {
  const Program program = PasteProgram::Of(key, use.split);
  switch (launcher) {
    case Launcher::kPython:
    case Launcher::kJoblib:
    case Launcher::kTorch:
    case Launcher::kDask:
      return OfOneHost(use, program,
                       PythonLauncherLines(launcher, use,
                                           {program, AdviseChunks(key, use)}));
    case Launcher::kSlurm:
      return SlurmLines(use, program, stray);
    case Launcher::kMpi:
      return MpiLines(use, program, stray);
    case Launcher::kShell:
      break;
  }
  return OfOneHost(use, program, ShellLines(use, program, stray, Form::kWhole));
}

/// `lines`, of which none goes on behind its end: what a result file says may
/// stand in comments as it is.
Lines Unbroken(Lines lines) {
  for (std::string& line : lines) line = OneLine(line);
  return lines;
}

/// `use` of the group of `key`, without what its lines are not to tell: a
/// program that was given no library finds its own by itself.
SplitResult ToldSplit(const SplitResult& use, const Key& key) {
  SplitResult told = VettedSplit(use);
  if (key.runs_command() && key.blas.empty()) told.blas_file.clear();
  return told;
}

}  // namespace

std::vector<std::string> PasteLines(const SplitResult& use, Launcher launcher,
                                    std::span<const std::string> stray,
                                    const Key& key) {
  return Unbroken(LinesFor(ToldSplit(use, key), launcher, key, stray));
}

std::vector<std::string> ShortPasteLines(const SplitResult& use,
                                         std::span<const std::string> stray,
                                         const Key& key) {
  return Unbroken(ShellLines(ToldSplit(use, key),
                             PasteProgram::Of(key, use.split), stray,
                             Form::kShort));
}

}  // namespace hybrid
