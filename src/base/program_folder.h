#ifndef HYBRID_BASE_PROGRAM_FOLDER_H_
#define HYBRID_BASE_PROGRAM_FOLDER_H_

#include <filesystem>

namespace hybrid {

/// The folder of the program that runs; without /proc as the kernel was told
/// it when the program was started, so before anybody changes the working
/// directory.
std::filesystem::path ProgramFolder();

}  // namespace hybrid

#endif  // HYBRID_BASE_PROGRAM_FOLDER_H_
