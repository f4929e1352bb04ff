#include "also_files.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/file_identity.h"
#include "base/replace_file.h"
#include "results/holds_results.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void RefuseAlso(const std::string& file, std::string_view reason) {
  throw std::runtime_error(fmt::format("--also={}: {}", file, reason));
}

void CheckAlsoFolder(const std::string& file, const std::string& into) {
  const std::string folder = fs::path(file).parent_path().string();
  std::error_code ignored;
  if (folder.empty() || fs::is_directory(folder, ignored)) return;
  const std::string there = into + "/" + fs::path(file).filename().string();
  if (!into.empty() && LeadToSameFile(file, there)) return;
  RefuseAlso(file, fmt::format("there is no folder {}", folder));
}

}  // namespace

std::string FormatOfFile(const std::string& file) {
  constexpr std::array<std::pair<std::string_view, const char*>, 3> kFormats{
      {{".txt", "text"}, {".json", "json"}, {".md", "markdown"}}};
  for (const auto& [ending, format] : kFormats) {
    if (fs::path(file).extension() == ending) return format;
  }
  RefuseAlso(file, "takes a file that ends with .txt, .json or .md");
}

void CheckAlsoFiles(const std::vector<std::string>& files,
                    const std::vector<std::string>& records,
                    const std::string& into) {
  for (const std::string& file : files) {
    FormatOfFile(file);
    CheckAlsoFolder(file, into);
    if (HoldsResults(file)) RefuseAlso(file, "is a result file");
    for (const std::string& record : records) {
      if (LeadToSameFile(file, record)) {
        RefuseAlso(file, "is one of the files that are compared");
      }
    }
  }
}

void WriteAlsoFile(const std::string& file, const std::string& text) {
  try {
    ReplaceFile(file, text);
  } catch (const std::system_error& error) {
    throw std::runtime_error(fmt::format("--also: {}", error.what()));
  }
}

}  // namespace hybrid
