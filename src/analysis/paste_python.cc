#include "analysis/paste_python.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <cstdint>
#include <utility>

#include "analysis/advice.h"
#include "analysis/paste_library.h"
#include "analysis/paste_split.h"
#include "base/cpu_ranges.h"
#include "base/text.h"

namespace hybrid {
namespace {

using Lines = std::vector<std::string>;
using ProgramWay = PasteProgram::Way;

void Append(Lines& lines, const Lines& more) {
  lines.insert(lines.end(), more.begin(), more.end());
}

/// What a pool calls, and of what.
struct Work {
  Lines imports{};
  Lines definitions{
      "# Your own imports, operation (a function of one task) and tasks:"};
  std::string function = "operation";
  std::string tasks = "tasks";
  std::string item = "task";  ///< one of them; not the function's name
};

/// How a program that is started does `number`, one of the tasks.
Work StartedWork(const PasteProgram& program, std::uint64_t workers) {
  Work work{{"import subprocess"}, {}, "task", "", "number"};
  work.tasks = fmt::format("range({})", program.batch());
  work.definitions = {
      "def task(number):",
      fmt::format(
          "    subprocess.run({}, check=True)",
          program.PythonWords("number", fmt::format("number % {}", workers)))};
  return work;
}

/// How a filter does its share of the tasks.
Work FilterWork(const PasteProgram& program, std::uint64_t workers) {
  Work work{{"import subprocess"}, {}, "share", "", "first"};
  work.tasks = fmt::format("range({})", workers);
  work.definitions = {
      "def share(first):",
      fmt::format("    tasks = range(first, {}, {})", program.batch(), workers),
      R"(    lines = "".join(f"{task}\n" for task in tasks))",
      fmt::format("    subprocess.run({}, input=lines, text=True, check=True)",
                  program.PythonWords("first", "first"))};
  return work;
}

Work WorkOf(const SplitResult& use, const PythonTasks& tasks) {
  if (!tasks.program) return {};
  const PasteProgram& program = *tasks.program;
  if (program.way() == ProgramWay::kOnce) {
    return StartedWork(program, use.split.workers);
  }
  if (program.way() == ProgramWay::kFilter) {
    return FilterWork(program, use.split.workers);
  }
  if (!program.is_python()) return {};
  Work work;
  work.definitions = {
      "# Your own imports, load and operate, in place of hybridbench.run:", "",
      "def task(number):",
      "    # The workers that were measured kept the result.",
      "    return operate(load(number))"};
  work.function = "task";
  work.item = "number";
  work.tasks = fmt::format("range({})", program.batch());
  return work;
}

/// "{0, 64}", "{*range(0, 16)}": the CPUs of one worker.
std::string CpuSet(const std::string& place) {
  Lines items;
  for (const CpuRange& range : ParseCpuRanges(place)) {
    if (range.last > range.first + 1) {
      items.push_back(
          fmt::format("*range({}, {})", range.first, range.last + 1));
      continue;
    }
    for (int cpu = range.first; cpu <= range.last; ++cpu) {
      items.push_back(fmt::format("{}", cpu));
    }
  }
  return fmt::format("{{{}}}", fmt::join(items, ", "));
}

/// What binds this process, a worker of multiprocessing or the only one, to the
/// CPUs that were measured; nothing where they are not known.
Lines PlacementLines(const SplitResult& use) {
  Lines sets;
  for (const std::string& place : PlacesOf(use)) {
    if (ParseCpuRanges(place).empty()) return {};
    sets.push_back(CpuSet(place));
  }
  if (sets.empty()) return {};
  if (sets.size() == 1) {
    return {"# The CPUs that were measured, before a BLAS starts threads.",
            fmt::format("os.sched_setaffinity(0, {})", sets[0])};
  }
  Lines lines{"import multiprocessing", "",
              "# Each worker takes its CPUs before its BLAS starts threads."};
  std::string line = "cpus = [";
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const bool last = i + 1 == sets.size();
    const std::string item = sets[i] + (last ? "]" : ",");
    if (line.size() + 1 + item.size() > kScreenColumns) {
      lines.push_back(std::exchange(line, "       "));
    }
    line += (line.back() == '[' ? "" : " ") + item;
  }
  lines.push_back(line);
  Append(lines,
         {R"(number = multiprocessing.current_process().name)"
          R"(.rpartition("-")[2])",
          "if number.isdigit():",
          "    os.sched_setaffinity(0, cpus[(int(number) - 1) % len(cpus)])"});
  return lines;
}

/// The threads of every BLAS, and the kernels, from within Python.
Lines PythonSettings(const SplitResult& use, const PythonTasks& tasks) {
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
  if (!tasks.program) return lines;
  for (const std::string& variable : tasks.program->variables()) {
    const std::size_t equals = variable.find('=');
    lines.push_back(fmt::format("os.environ[{}] = {}",
                                PythonText(variable.substr(0, equals)),
                                PythonText(variable.substr(equals + 1))));
  }
  return lines;
}

/// The whole of it: `imports` and `main`, which hands `work` out.
Lines PythonLines(const SplitResult& use, const PythonTasks& tasks,
                  const Work& work, const Lines& imports, const Lines& main) {
  Lines lines{"# " + SplitWords(use.split)};
  if (tasks.program) {
    lines.push_back("# of: " + tasks.program->About());
    const std::string untold = tasks.program->UntoldText();
    if (!untold.empty()) lines.push_back("# " + untold);
  }
  for (const Lines& more : {PythonLibraryLines(use), PythonSettings(use, tasks),
                            imports, work.imports, Lines{""}, work.definitions,
                            Lines{"", R"(if __name__ == "__main__":)"}}) {
    Append(lines, more);
  }
  for (const std::string& line : main) lines.push_back("    " + line);
  return lines;
}

/// A program that makes its own workers needs no launcher.
Lines WholeProgramLines(const SplitResult& use, const PythonTasks& tasks) {
  return PythonLines(use, tasks, {{}, {"# It makes its own workers."}, "", ""},
                     {"import subprocess"},
                     {fmt::format("subprocess.run({}, check=True)",
                                  tasks.program->PythonWords("0", "0"))});
}

bool MakesItsWorkers(const PythonTasks& tasks) {
  return tasks.program && tasks.program->way() == ProgramWay::kWhole;
}

/// How many of the tasks go to a worker at once, ", chunksize=3", as an
/// argument of a pool's call; empty where nobody says. A filter gets its share
/// at once.
std::string ChunkArgument(const PythonTasks& tasks) {
  if (tasks.program && tasks.program->way() == ProgramWay::kFilter) {
    return ", chunksize=1";
  }
  return tasks.chunks ? fmt::format(", chunksize={}", tasks.chunks->tasks)
                      : std::string();
}

/// Why that many.
Lines ChunkComment(const PythonTasks& tasks) {
  const bool is_share =
      tasks.program && tasks.program->way() == ProgramWay::kFilter;
  if (!tasks.chunks || is_share) return {};
  return {fmt::format("# Chunks: {}.", ChunkCostText(*tasks.chunks))};
}

/// A pool of threads in the one process.
Lines ThreadPoolLines(const SplitResult& use, const PythonTasks& tasks,
                      Lines imports) {
  const Work work = WorkOf(use, tasks);
  imports.insert(imports.begin(),
                 "from multiprocessing.pool import ThreadPool");
  return PythonLines(
      use, tasks, work, imports,
      {"# NumPy lets go of the GIL in dot, matmul and linalg.",
       fmt::format("with ThreadPool({}) as pool:", use.split.workers),
       fmt::format("    results = pool.map({}, {})", work.function,
                   work.tasks)});
}

Lines BatchedLines(const SplitResult& use, const PythonTasks& tasks,
                   const Lines& imports) {
  Lines main = OneProcessLines(use);
  main.emplace_back("results = operation(tasks)  # of all tasks at once");
  return PythonLines(use, tasks, {}, imports, main);
}

/// "    results = pool.map(operation, tasks, chunksize=3)", and why.
Lines PoolCall(const std::string& pool, const Work& work,
               const PythonTasks& tasks) {
  Lines lines = ChunkComment(tasks);
  Append(lines, {fmt::format("with {} as pool:", pool),
                 fmt::format("    results = pool.map({}, {}{})", work.function,
                             work.tasks, ChunkArgument(tasks))});
  return lines;
}

Lines MultiprocessingLines(const SplitResult& use, const PythonTasks& tasks) {
  Lines imports = PlacementLines(use);
  if (use.split.engine == Engine::kBatched) {
    return BatchedLines(use, tasks, imports);
  }
  if (use.split.engine == Engine::kThreads) {
    return ThreadPoolLines(use, tasks, imports);
  }
  const Work work = WorkOf(use, tasks);
  if (use.split.workers == 1) {
    return PythonLines(use, tasks, work, imports,
                       {fmt::format("results = [{0}({1}) for {1} in {2}]",
                                    work.function, work.item, work.tasks)});
  }
  if (imports.empty()) imports = {"import multiprocessing"};
  Lines main{"# Not fork: an OpenMP BLAS that was used before would hang."};
  Append(main, PoolCall(fmt::format(
                            R"(multiprocessing.get_context("spawn").Pool({}))",
                            use.split.workers),
                        work, tasks));
  return PythonLines(use, tasks, work, imports, main);
}

Lines JoblibLines(const SplitResult& use, const PythonTasks& tasks) {
  if (use.split.engine == Engine::kBatched) {
    return BatchedLines(use, tasks, {});
  }
  const Work work = WorkOf(use, tasks);
  const std::string backend =
      use.split.engine == Engine::kThreads
          ? R"("threading")"
          : fmt::format(R"("loky", inner_max_num_threads={})",
                        use.split.blas_threads);
  return PythonLines(
      use, tasks, work,
      {"from joblib import Parallel, delayed, parallel_config"},
      {fmt::format("with parallel_config({}):", backend),
       // How many tasks it sends at once joblib finds out while it runs.
       fmt::format("    results = Parallel(n_jobs={})(", use.split.workers),
       fmt::format("        delayed({0})({1}) for {1} in {2})", work.function,
                   work.item, work.tasks)});
}

Lines TorchLines(const SplitResult& use, const PythonTasks& tasks) {
  Lines imports = PlacementLines(use);
  const std::string threads =
      fmt::format("torch.set_num_threads, ({},)", use.split.blas_threads);
  if (use.split.engine == Engine::kBatched) {
    imports.emplace_back("import torch  # torch.bmm is a batched call");
    return BatchedLines(use, tasks, imports);
  }
  imports.emplace_back("import torch");
  if (use.split.engine == Engine::kThreads) {
    Append(imports, {"", fmt::format("torch.set_num_threads({})",
                                     use.split.blas_threads)});
    return ThreadPoolLines(use, tasks, imports);
  }
  const Work work = WorkOf(use, tasks);
  Lines main{R"(context = torch.multiprocessing.get_context("spawn"))"};
  Append(main, PoolCall(fmt::format("context.Pool({}, {})", use.split.workers,
                                    threads),
                        work, tasks));
  return PythonLines(use, tasks, work, imports, main);
}

Lines DaskLines(const SplitResult& use, const PythonTasks& tasks) {
  if (use.split.engine == Engine::kBatched) {
    return BatchedLines(use, tasks, {});
  }
  const Work work = WorkOf(use, tasks);
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
  main.push_back(fmt::format("    results = client.gather(client.map({}, {}))",
                             work.function, work.tasks));
  return PythonLines(
      use, tasks, work,
      {"import dask", "from dask.distributed import Client, LocalCluster"},
      main);
}

}  // namespace

Lines PythonLauncherLines(Launcher launcher, const SplitResult& use,
                          const PythonTasks& tasks) {
  if (MakesItsWorkers(tasks)) return WholeProgramLines(use, tasks);
  switch (launcher) {
    case Launcher::kJoblib:
      return JoblibLines(use, tasks);
    case Launcher::kTorch:
      return TorchLines(use, tasks);
    case Launcher::kDask:
      return DaskLines(use, tasks);
    default:
      return MultiprocessingLines(use, tasks);
  }
}

}  // namespace hybrid
