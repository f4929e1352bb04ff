#include "cluster/launcher_table.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "base/contains.h"
#include "base/find_program.h"
#include "base/text.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

constexpr std::array kLaunchers{
    // SRUN_CPUS_PER_TASK would give the agent so many CPUs of each host, and
    // SLURM_EXPORT_ENV could keep its variable from it.
    LauncherRow{.name = "srun",
                .programs = "srun",
                .title = "Slurm's srun",
                .package = "slurm-client",
                .flags =
                    "--nodes={host_count} --ntasks={host_count} "
                    "--ntasks-per-node=1 --cpu-bind=none --mem=0 --overlap "
                    "--mpi=none --kill-on-bad-exit=1 --wait=5 --export=ALL",
                .host_flags = "--nodelist={hosts}",
                .variables = "SRUN_CPUS_PER_TASK"},
    LauncherRow{.name = "mpirun",
                .programs = "mpirun.openmpi mpirun",
                .title = "Open MPI's mpirun",
                .package = "openmpi-bin",
                .flags = "-n {host_count} --map-by ppr:1:node --bind-to none "
                         "-x HYBRID_AGENT",
                .host_flags = "--host {hosts}",
                .variables = "OMPI_ALLOW_RUN_AS_ROOT=1 "
                             "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1",
                .others = "hydra mpich"},
    LauncherRow{.name = "mpiexec",
                .programs = "mpiexec.mpich mpiexec.hydra mpiexec",
                .title = "MPICH's mpiexec",
                .package = "mpich",
                .flags = "-n {host_count} -ppn 1 -bind-to none",
                .host_flags = "-hosts {hosts}",
                .others = "orterun prterun openmpi"},
    // A master of connections would stay behind.
    LauncherRow{.name = "ssh",
                .programs = "ssh",
                .title = "ssh",
                .package = "openssh-client",
                .flags = "-o BatchMode=yes -o ControlMaster=no {host}",
                .has_remote_shell = true}};

bool IsAnothers(const LauncherRow& row, const std::string& program) {
  std::error_code ignored;
  const std::string file = fs::canonical(program, ignored).filename().string();
  const std::vector<std::string> marks = WordsOf(row.others);
  return std::any_of(marks.begin(), marks.end(), [&](const std::string& mark) {
    return file.find(mark) != std::string::npos;
  });
}

}  // namespace

const LauncherRow* FindLauncher(std::string_view word) {
  const std::string name = fs::path(word).filename().string();
  const auto* const found = std::find_if(
      kLaunchers.begin(), kLaunchers.end(), [&name](const LauncherRow& row) {
        return row.name == name || Contains(WordsOf(row.programs), name);
      });
  return found == kLaunchers.end() ? nullptr : found;
}

std::optional<std::string> FindProgram(const std::string& name,
                                       std::string_view path) {
  if (name.find('/') == std::string::npos) {
    return FindInPath(path.empty() ? "/bin:/usr/bin" : path, name, {});
  }
  if (WhyNotRun(name) != 0) return std::nullopt;
  return name;
}

std::optional<std::string> FindProgramOf(const LauncherRow& row,
                                         const std::vector<std::string>& names,
                                         std::string_view path) {
  for (const std::string& name : names) {
    std::optional<std::string> program = FindProgram(name, path);
    if (program && !IsAnothers(row, *program)) return program;
  }
  return std::nullopt;
}

}  // namespace hybrid
