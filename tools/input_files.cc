#include "input_files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <stdexcept>

#include "base/file_identity.h"
#include "base/standard_streams.h"
#include "base/text.h"

namespace hybrid {

void CheckInputFiles(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (LeadsInto(STDOUT_FILENO, file)) {
      throw std::runtime_error(
          file + ": standard output goes into that result file, too");
    }
  }
}

void PrintNotes(std::string_view program,
                const std::vector<std::string>& notes) {
  for (const std::string& note : notes) {
    PrintError(fmt::format("{}: {}\n", program, OneLine(note)));
  }
}

}  // namespace hybrid
