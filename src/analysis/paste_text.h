#ifndef HYBRID_ANALYSIS_PASTE_TEXT_H_
#define HYBRID_ANALYSIS_PASTE_TEXT_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/split_result.h"
#include "base/enum_names.h"
#include "key/key.h"

namespace hybrid {

/// What starts the user's workers.
enum class Launcher : std::uint32_t {
  kShell,   ///< bash
  kPython,  ///< multiprocessing
  kJoblib,
  kTorch,
  kDask,
  kSlurm,
  kMpi,
};
template <>
inline constexpr std::array<std::string_view, 7> kNames<Launcher>{
    "shell", "python", "joblib", "torch", "dask", "slurm", "mpi"};

/// The lines that run a user's program as `use` ran: valid bash, or valid
/// Python for launchers of Python; prose stands behind `#`. They set the
/// threads of every usual BLAS, whichever the program loads. Those of bash
/// define `workers`, which starts a command once per worker, each on the CPUs
/// that were measured, and fails if one of them did; from bash each has its
/// number in WORKER, from 0. Of a split of several hosts those for Slurm and
/// MPI start all of them, the others one host's, as a comment says. Those for
/// Slurm and MPI are scripts, too. `stray` are variables (NAME or NAME=value)
/// of the user's shell that workers were spared and that a shell has to unset.
/// `key` is of the group of `use`: where that ran the user's own program the
/// lines are about it, and define `run`, which does all tasks, if it is no
/// program that only bench can talk to. Lines of bash start nothing by
/// themselves, for a result file tells what that program is; those of Python
/// are a script that does all tasks.
std::vector<std::string> PasteLines(const SplitResult& use, Launcher launcher,
                                    std::span<const std::string> stray = {},
                                    const Key& key = {});

/// The lines of Launcher::kShell in at most 8 of at most 80 columns: placements
/// and programs that need more are left to PasteLines.
std::vector<std::string> ShortPasteLines(
    const SplitResult& use, std::span<const std::string> stray = {},
    const Key& key = {});

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_PASTE_TEXT_H_
