#ifndef HYBRID_POOL_PYTHON_HELPER_H_
#define HYBRID_POOL_PYTHON_HELPER_H_

#include <filesystem>
#include <optional>
#include <string>

#include "base/program_folder.h"

namespace hybrid {

/// The folder of hybridbench.py, which users' Python programs import, beside
/// programs in the folder `program`; nothing if it is missing.
std::optional<std::string> PythonHelperFolder(
    const std::filesystem::path& program = ProgramFolder());

}  // namespace hybrid

#endif  // HYBRID_POOL_PYTHON_HELPER_H_
