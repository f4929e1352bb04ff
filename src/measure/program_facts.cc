#include "measure/program_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace hybrid {
namespace {

bool IsBlas(const MappedLibrary& library) {
  return library.role == LibraryRole::kBlas;
}

std::string_view FolderOf(std::string_view file) {
  return file.substr(0, file.rfind('/'));
}

}  // namespace

void FillProgramFacts(const ProgramFacts& facts, Row& row) {
  row.peak_memory_bytes = facts.peak_bytes;
  if (facts.libraries.empty()) return;
  row.libraries.clear();
  for (const MappedLibrary& library : facts.libraries) {
    row.libraries += fmt::format("{}{}", row.libraries.empty() ? "" : "; ",
                                 MappedLibraryText(library));
  }
  const auto blas =
      std::find_if(facts.libraries.begin(), facts.libraries.end(), IsBlas);
  if (blas != facts.libraries.end()) row.blas_file = blas->file;
}

std::string OtherBlasText(const std::string& asked, const std::string& folder,
                          std::span<const MappedLibrary> libraries) {
  const auto other = std::find_if(
      libraries.begin(), libraries.end(), [&](const MappedLibrary& library) {
        return IsBlas(library) && FolderOf(library.file) != folder;
      });
  if (other == libraries.end()) return {};
  const bool both = std::any_of(
      libraries.begin(), libraries.end(), [&](const MappedLibrary& library) {
        return IsBlas(library) && FolderOf(library.file) == folder;
      });
  const std::string mapped = fmt::format("--blas={}: the program has mapped {}",
                                         asked, MappedLibraryText(*other));
  if (both) {
    return fmt::format(
        "{} beside that of {}: its calls of LAPACK may run that one. Let it "
        "find a liblapack.so.3 there, or leave --blas out",
        mapped, folder);
  }
  return fmt::format(
      "{} in place of that of {}: what brings a BLAS of its own (wheels, "
      "conda) "
      "does not look for another (LD_LIBRARY_PATH). Leave --blas out, or let "
      "it load libblas.so.3",
      mapped, folder);
}

}  // namespace hybrid
