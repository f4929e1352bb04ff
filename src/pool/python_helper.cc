#include "pool/python_helper.h"

#include <system_error>

namespace hybrid {

std::optional<std::string> PythonHelperFolder(
    const std::filesystem::path& program) {
  for (const auto& folder : DataFolders(program, "python")) {
    std::error_code ignored;
    if (std::filesystem::exists(folder / "hybridbench.py", ignored)) {
      return folder.string();
    }
  }
  return std::nullopt;
}

}  // namespace hybrid
