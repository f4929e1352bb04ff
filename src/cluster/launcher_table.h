#ifndef HYBRID_CLUSTER_LAUNCHER_TABLE_H_
#define HYBRID_CLUSTER_LAUNCHER_TABLE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// A launcher that has a name on the command line. Lists are words between
/// blanks.
struct LauncherRow {
  std::string_view name;
  std::string_view programs;  ///< sought in PATH in this order
  std::string_view title;
  std::string_view package;  ///< Debian's
  /// What it is told, as a user would write a prefix.
  std::string_view flags;
  std::string_view host_flags{};  ///< and where names of hosts are known
  /// What its environment gets: NAME=value; NAME alone is taken out.
  std::string_view variables{};
  /// In the names of files that are another's programs of the same name.
  std::string_view others{};
  bool has_remote_shell = false;  ///< that reads its words once more
};

/// The launcher whose program `word` is, by its name or path; null: none.
const LauncherRow* FindLauncher(std::string_view word);

/// The path of the program `name`, sought in the folders of PATH's value unless
/// it is one; nothing if it can't be run.
std::optional<std::string> FindProgram(const std::string& name,
                                       std::string_view path);

/// The first of `names` that is a program of the launcher's, and not one of the
/// same name that belongs to another.
std::optional<std::string> FindProgramOf(const LauncherRow& row,
                                         const std::vector<std::string>& names,
                                         std::string_view path);

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_LAUNCHER_TABLE_H_
