#include "results/holds_results.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <string_view>

#include "base/unique_fd.h"
#include "results/open_file.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

/// More than any header has had.
constexpr std::size_t kStartBytes = 4096;

/// The file's first bytes; empty if it can't be read.
std::string StartOf(const std::string& path) {
  std::string start(kStartBytes, '\0');
  try {
    struct stat status {};
    const UniqueFd file = OpenRegularFile(path, status);
    const ssize_t count = read(file.get(), start.data(), start.size());
    start.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  } catch (const ResultsError&) {
    start.clear();
  }
  return start;
}

}  // namespace

bool HoldsResults(const std::string& path) {
  const std::string start = StartOf(path);
  const std::string_view text = start;
  const std::string_view header = text.substr(
      0, text.find_first_of("\r\n", text.find_first_not_of("\r\n")));
  return header.find("schema_version") != std::string_view::npos &&
         header.find("run_id") != std::string_view::npos;
}

}  // namespace hybrid
