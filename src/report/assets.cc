#include "report/assets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "base/json.h"
#include "base/program_folder.h"
#include "base/text_file.h"
#include "report/report_error.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

/// In the order in which a page loads them: each needs those before it.
constexpr std::array kLibraries = {"vega", "vega-lite", "vega-embed"};
constexpr std::string_view kLibraryEnding = ".min.js";
constexpr std::string_view kFirstScript = "charts";
constexpr std::string_view kLastScript = "page";

std::string ReadAsset(const fs::path& file) {
  const std::optional<std::string> text = text_file::Read(file.string());
  if (!text) {
    throw ReportError(fmt::format(
        "{}: the page's file is missing or can't be read", file.string()));
  }
  return *text;
}

/// The names of the files in `folder` that end in `ending`, without it and in
/// order; none if the folder can't be read.
std::vector<std::string> NamesIn(const fs::path& folder,
                                 std::string_view ending) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator file(folder, failure), end;
       !failure && file != end; file.increment(failure)) {
    const std::string name = file->path().filename().string();
    if (name.ends_with(ending) && !name.starts_with(".")) {
      names.push_back(name.substr(0, name.size() - ending.size()));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

void CheckSpec(const fs::path& file, const std::string& text) {
  try {
    ParseJson(text);
  } catch (const std::exception&) {
    throw ReportError(file.string() + ": is not JSON");
  }
}

std::vector<Asset> LoadSpecs(const fs::path& folder) {
  std::vector<Asset> specs;
  const std::vector<std::string> names = NamesIn(folder, ".json");
  specs.reserve(names.size());
  for (const std::string& name : names) {
    const fs::path file = folder / (name + ".json");
    specs.push_back({name, ReadAsset(file)});
    CheckSpec(file, specs.back().text);
  }
  return specs;
}

std::vector<Asset> LoadScripts(const fs::path& folder) {
  std::vector<std::string> names = {std::string(kFirstScript)};
  for (const std::string& name : NamesIn(folder, ".js")) {
    if (name != kFirstScript && name != kLastScript &&
        !(name + ".js").ends_with(kLibraryEnding)) {
      names.push_back(name);
    }
  }
  names.emplace_back(kLastScript);
  std::vector<Asset> scripts;
  scripts.reserve(names.size());
  for (const std::string& name : names) {
    scripts.push_back({name, ReadAsset(folder / (name + ".js"))});
  }
  return scripts;
}

}  // namespace

std::string FindAssets(const std::string& program) {
  const std::array folders = DataFolders(program, "report");
  for (const fs::path& folder : folders) {
    std::error_code ignored;
    if (fs::exists(folder / "page.html", ignored)) return folder.string();
  }
  throw ReportError(
      fmt::format("the page's files are missing: page.html is neither in {} "
                  "nor in {}; a build of hybridbench with network fetches them "
                  "(--charts=DIR names another folder)",
                  folders[0].string(), folders[1].string()));
}

PageAssets LoadAssets(const std::string& folder) {
  const fs::path path = folder;
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) {
    throw ReportError(folder + ": no such folder");
  }
  PageAssets assets;
  assets.libraries.reserve(kLibraries.size());
  assets.page = ReadAsset(path / "page.html");
  assets.style = ReadAsset(path / "page.css");
  for (const std::string name : kLibraries) {
    assets.libraries.push_back(
        {name, ReadAsset(path / (name + std::string(kLibraryEnding)))});
  }
  assets.specs = LoadSpecs(path / "specs");
  assets.scripts = LoadScripts(path);
  return assets;
}

}  // namespace hybrid
