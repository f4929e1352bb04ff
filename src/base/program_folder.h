#ifndef HYBRID_BASE_PROGRAM_FOLDER_H_
#define HYBRID_BASE_PROGRAM_FOLDER_H_

#include <array>
#include <filesystem>
#include <string_view>

namespace hybrid {

/// The folder of the program that runs; without /proc as the kernel was told
/// it when the program was started, so before anybody changes the working
/// directory.
std::filesystem::path ProgramFolder();

/// Where the data files called `name` may lie that belong to programs in the
/// folder `program`: beside them in a build tree, or where both are installed.
std::array<std::filesystem::path, 2> DataFolders(
    const std::filesystem::path& program, std::string_view name);

}  // namespace hybrid

#endif  // HYBRID_BASE_PROGRAM_FOLDER_H_
