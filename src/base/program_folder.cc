#include "base/program_folder.h"

#include <sys/auxv.h>

#include <system_error>

namespace hybrid {

std::filesystem::path ProgramFolder() {
  std::error_code error;
  std::filesystem::path program =
      std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) {
    // The kernel hands it over as an address.  NOLINTNEXTLINE(*-int-to-ptr)
    const auto* name = reinterpret_cast<const char*>(getauxval(AT_EXECFN));
    program = std::filesystem::canonical(name != nullptr ? name : "", error);
  }
  return program.parent_path();
}

std::array<std::filesystem::path, 2> DataFolders(
    const std::filesystem::path& program, std::string_view name) {
  return {program / name,
          (program / HYBRID_DATA_FROM_PROGRAM / "hybridbench" / name)
              .lexically_normal()};
}

}  // namespace hybrid
