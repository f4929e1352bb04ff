#include "list_blas.h"

#include <fmt/format.h>

#include <exception>
#include <optional>
#include <stdexcept>

#include "base/flag_error.h"
#include "blas/blas_files.h"
#include "blas/library_table.h"

namespace hybrid {
namespace {

std::string PlaceOf(const BlasLibrary& library) try {
  const BlasFiles files = FilesOf(library.name, 1);
  return files.lapack.empty() || library.lapack.empty()
             ? files.library
             : fmt::format("{}, LAPACK {}", files.library, files.lapack);
} catch (const std::exception&) {
  return fmt::format("not installed (Debian: {})", library.package);
}

}  // namespace

std::string BlasListText() {
  std::string text = fmt::format(
      "{:<18}blis-serial for workers of 1 thread where it is installed, else "
      "blis-openmp\n{:<18}the same through BLIS's own interface, without "
      "checks "
      "of arguments\n",
      kBlis, kTypedBlis);
  for (const BlasLibrary& library : BlasLibraries()) {
    text += fmt::format("{:<18}{}\n", library.name, PlaceOf(library));
  }
  return text + fmt::format("{:<18}{}\n", "system",
                            SystemBlas().value_or("none: no libblas.so.3"));
}

void CheckInstalled(const Options& options,
                    const std::vector<std::string>& folders) {
  const auto given = options.given.find("--blas");
  for (const std::string& blas : options.axes.blas) {
    // A command without one loads what it likes.
    if (blas.empty()) continue;
    try {
      FilesOf(blas, 1, folders);
    } catch (const std::runtime_error& error) {
      if (given == options.given.end()) {
        throw FlagError(fmt::format(
            "{}: install it, or take what there is with --blas=auto; "
            "--list_blas names all",
            error.what()));
      }
      throw FlagError(fmt::format("--blas={}: {}; --list_blas names all",
                                  given->second, error.what()));
    }
  }
}

}  // namespace hybrid
