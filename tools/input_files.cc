#include "input_files.h"

#include <unistd.h>

#include <stdexcept>

#include "base/file_identity.h"

namespace hybrid {

void CheckInputFiles(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (LeadsInto(STDOUT_FILENO, file)) {
      throw std::runtime_error(
          file + ": standard output goes into that result file, too");
    }
  }
}

}  // namespace hybrid
