#include "input_files.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "base/file_identity.h"
#include "base/standard_streams.h"
#include "base/stream_names.h"
#include "base/text.h"
#include "results/newest_file.h"
#include "results/open_file.h"

namespace hybrid {
namespace {

bool IsRegular(int fd) {
  struct stat status {};
  return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

bool IsPipe(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_fifo(path, ignored);
}

bool AreSameStream(const std::string& a, const std::string& b) {
  if (NamesStandardInput(a)) return NamesStandardInput(b);
  return IsPipe(a) && IsPipe(b) && LeadToSameFile(a, b);
}

/// Whether what a tool prints goes into what it reads at `path`. A socket may
/// well be both its standard streams.
bool IsOutput(const std::string& path) {
  if (!NamesStandardInput(path)) return LeadsInto(STDOUT_FILENO, path);
  return IsRegular(STDIN_FILENO) && LeadToSameFile(STDIN_FILENO, STDOUT_FILENO);
}

}  // namespace

void TakeFromFolders(std::vector<std::string>& files) {
  std::error_code ignored;
  for (std::string& file : files) {
    if (std::filesystem::is_directory(file, ignored)) {
      file = NewestResultFile(file);
    }
  }
}

void CheckInputFiles(const std::vector<std::string>& files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (IsOutput(files[i])) {
      throw std::runtime_error(
          InputName(files[i]) +
          ": standard output goes into that result file, too");
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (!AreSameStream(files[j], files[i])) continue;
      throw std::runtime_error(InputName(files[i]) +
                               ": is named twice, and a stream can be read "
                               "only once");
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
