#include "report/charts.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/replace_file.h"
#include "base/system_error.h"
#include "base/text_file.h"
#include "report/program.h"
#include "report/report_error.h"
#include "results/holds_results.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

constexpr char kNodeAdvice[] =
    "--svg and --png need it (Debian: apt install nodejs)";
constexpr char kConverterAdvice[] =
    "--png needs it (Debian: apt install librsvg2-bin)";
/// Two pixels for each of CSS: sharp on today's displays, and in print.
constexpr char kZoom[] = "--zoom=2";

/// Owns a temporary folder, which is removed with all that is in it.
class WorkFolder {
 public:
  WorkFolder() {
    std::string name =
        (fs::temp_directory_path() / "hybrid-report-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) ThrowSystemError(name);
    path_ = name;
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void MakeFolder(const std::string& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (!failure && !fs::is_directory(folder)) {
    failure = std::make_error_code(std::errc::not_a_directory);
  }
  if (failure) throw std::system_error(failure, folder);
}

/// Puts a copy of `file` into `folder`, which is a user's: whole or not at all.
void Deliver(const fs::path& file, const std::string& folder) {
  const auto text = text_file::Read(file.string());
  if (!text) throw ReportError(file.string() + ": was not written");
  const std::string target = (fs::path(folder) / file.filename()).string();
  if (HoldsResults(target)) throw ReportError(target + ": is a result file");
  ReplaceFile(target, *text);
}

/// The SVG files of all charts, in order of their names, drawn into a folder in
/// `work`.
std::vector<fs::path> DrawSvg(const std::string& assets, std::string_view data,
                              const fs::path& work) {
  const fs::path script = fs::path(assets) / "render.mjs";
  if (!fs::exists(script)) {
    throw ReportError(script.string() + ": the page's file is missing");
  }
  const fs::path data_file = work / "data.json";
  const fs::path drawn = work / "svg";
  fs::create_directory(drawn);
  ReplaceFile(data_file.string(), data);
  RunProgram(
      {"node", script.string(), data_file.string(), assets, drawn.string()},
      kNodeAdvice);
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(drawn)) {
    if (entry.path().extension() == ".svg") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::size_t DrawCharts(const std::string& assets, std::string_view data,
                       const std::string& svg, const std::string& png) {
  for (const std::string& folder : {svg, png}) {
    if (!folder.empty()) MakeFolder(folder);
  }
  const WorkFolder work;
  const std::vector<fs::path> files = DrawSvg(assets, data, work.path());
  for (const fs::path& file : files) {
    if (!svg.empty()) Deliver(file, svg);
    if (png.empty()) continue;
    const fs::path image = fs::path(file).replace_extension(".png");
    RunProgram(
        {"rsvg-convert", kZoom, "--output", image.string(), file.string()},
        kConverterAdvice);
    Deliver(image, png);
  }
  return files.size();
}

}  // namespace hybrid
