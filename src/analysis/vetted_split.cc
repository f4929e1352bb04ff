#include "analysis/vetted_split.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "base/contains.h"
#include "base/cpu_ranges.h"
#include "base/text_file.h"
#include "blas/library_table.h"

namespace hybrid {
namespace {

/// Whether all of `text` is letters, digits and `others`.
bool ConsistsOf(std::string_view text, std::string_view others) {
  return std::all_of(text.begin(), text.end(), [others](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
  });
}

/// "OPENBLAS_CORETYPE=SKYLAKEX": of a variable that chooses kernels.
bool IsKernelsSetting(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  const std::string_view name = text.substr(0, equals);
  const auto has_it = [name](const BlasLibrary& library) {
    return FamilyNamed(library.family).kernels_variable == name;
  };
  return std::any_of(BlasLibraries().begin(), BlasLibraries().end(), has_it) &&
         ConsistsOf(text.substr(equals + 1), "_,");
}

/// The whole path of a file.
bool IsPlainPath(std::string_view text) {
  return text.starts_with('/') && ConsistsOf(text, "_./+-");
}

/// "0-1,64 2,3-5": the CPUs of each worker.
bool AreCpus(std::string_view text) {
  const std::vector<std::string_view> places = text_file::Words(text);
  return text.find_first_not_of("0123456789,- ") == std::string_view::npos &&
         std::none_of(places.begin(), places.end(), [](std::string_view place) {
           return ParseCpuRanges(place).empty();
         });
}

/// What names of variables that steer what runs begin with.
constexpr std::array<std::string_view, 20> kSteeringBeginnings{
    "BASH",  "ZSH",  "ZDOTDIR", "COMP_",  "PROMPT", "RPROMPT", "RPS",
    "HIST",  "MAIL", "LD_",     "GCONV_", "PYTHON", "PERL",    "RUBY",
    "NODE_", "GIT_", "LESS",    "SSH_",   "JAVA_",  "OMP_TOOL"};
/// Such names as a whole, and those that bash has for itself.
constexpr std::array<std::string_view, 27> kSteeringNames{
    "PATH",    "ENV",       "IFS",       "CDPATH",  "FPATH",    "PS0",
    "PS1",     "PS2",       "PS3",       "PS4",     "SHELL",    "HOME",
    "EDITOR",  "VISUAL",    "PAGER",     "FCEDIT",  "INPUTRC",  "TMOUT",
    "EUID",    "UID",       "PPID",      "NULLCMD", "TERMINFO", "LOCPATH",
    "NLSPATH", "SHELLOPTS", "EXECIGNORE"};

}  // namespace

bool SteersWhatRuns(std::string_view name) {
  return Contains(kSteeringNames, name) ||
         std::any_of(kSteeringBeginnings.begin(), kSteeringBeginnings.end(),
                     [name](std::string_view beginning) {
                       return name.starts_with(beginning);
                     });
}

bool IsIdentifier(std::string_view name) {
  return !name.empty() && (name[0] < '0' || name[0] > '9') &&
         ConsistsOf(name, "_");
}

SplitResult VettedSplit(SplitResult use) {
  if (!IsKernelsSetting(use.kernels_setting)) use.kernels_setting.clear();
  if (!IsPlainPath(use.blas_file)) use.blas_file.clear();
  if (!AreCpus(use.cpus)) use.cpus.clear();
  return use;
}

}  // namespace hybrid
