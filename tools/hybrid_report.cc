// hybrid-report FILE... -o report.html: one page of all that result files say.

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/argument_parser.h"
#include "base/file_identity.h"
#include "base/json.h"
#include "base/program_folder.h"
#include "base/replace_file.h"
#include "base/standard_streams.h"
#include "base/stream_names.h"
#include "base/text.h"
#include "base/version.h"
#include "input_files.h"
#include "report/assets.h"
#include "report/charts.h"
#include "report/html_page.h"
#include "report/machines.h"
#include "report/page_data.h"
#include "report/result_file.h"
#include "report/runs.h"
#include "report/script_safe_text.h"
#include "results/holds_results.h"
#include "results/open_file.h"
#include "results/result_reader.h"
#include "results/row.h"

namespace {

namespace fs = std::filesystem;

constexpr int kFailure = 2;

/// What the command line says.
struct ReportOptions {
  std::vector<std::string> files;
  std::string output = "report.html";
  std::string charts;  ///< folder of the page's files; empty: the program's own
  std::string svg;     ///< folder for SVG files; empty: none are written
  std::string png;     ///< folder for PNG files; empty: none are written
};

void Warn(const std::string& text) {
  hybrid::PrintError(fmt::format("hybrid-report: {}\n", text));
}

[[noreturn]] void RefuseOutput(const ReportOptions& options,
                               const std::string& reason) {
  throw std::runtime_error(fmt::format("-o {}: {}", options.output, reason));
}

/// Throws std::runtime_error if the page has the name of a result file: these
/// are records and must not be lost to a slip of the keyboard.
void CheckOutput(const ReportOptions& options) {
  hybrid::CheckInputFiles(options.files);
  if (options.output == "-") return;
  const fs::path output = options.output;
  if (output.extension() == ".csv") {
    RefuseOutput(options,
                 "that is a result file's name; name a page, such as "
                 "report.html");
  }
  for (const std::string& file : options.files) {
    if (hybrid::LeadToSameFile(file, options.output)) {
      RefuseOutput(options, "is one of the result files");
    }
  }
  if (hybrid::HoldsResults(options.output)) {
    RefuseOutput(options, "is a result file; name a page");
  }
  for (const auto& [folder, ending] :
       {std::pair(options.svg, ".svg"), std::pair(options.png, ".png")}) {
    if (output.extension() == ending && !folder.empty() &&
        hybrid::LeadToSameFile((fs::path(folder) / output.filename()).string(),
                               options.output)) {
      RefuseOutput(options, "could be the name of a chart in that folder, too");
    }
  }
}

/// The page is made of files that it must not replace; other pages may lie
/// beside them.
void CheckAssets(const std::string& assets, const ReportOptions& options) {
  if (options.output == "-") return;
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(assets, ignored)) {
    const fs::path& path = entry.path();
    const bool is_part =
        path.filename() == "page.html" || path.extension() != ".html";
    if (is_part && hybrid::LeadToSameFile(path.string(), options.output)) {
      RefuseOutput(options, "is one of the files that the page is made of");
    }
  }
}

/// The last part of a file's path. That of a pipe is a number, mostly.
std::string FileName(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) ? fs::path(path).filename().string()
                                            : hybrid::InputName(path);
}

bool AnyCompleted(const std::vector<hybrid::Row>& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const hybrid::Row& row) {
    return row.status == hybrid::Status::kOk;
  });
}

/// The result files at `paths`, each row once. They are called by their names
/// alone, since folders are nobody's business in a page that is sent on; by
/// their paths where two have the same name. Warns of files that add nothing.
std::vector<hybrid::ResultFile> ReadFiles(
    const std::vector<std::string>& paths) {
  std::vector<hybrid::ResultFile> files;
  hybrid::ResultReader reader;
  for (const std::string& path : paths) {
    const std::string name = FileName(path);
    const auto namesakes = std::count_if(
        paths.begin(), paths.end(),
        [&name](const std::string& other) { return FileName(other) == name; });
    hybrid::FileRows read = reader.Read(path);
    const std::string& shown = namesakes == 1 ? name : path;
    if (read.repeated == 0 && !AnyCompleted(read.rows)) {
      Warn(shown + ": no repetition completed");
    }
    files.push_back({shown, std::move(read.rows)});
  }
  hybrid::PrintNotes("hybrid-report", reader.notes());
  return files;
}

/// Warns of what should not be pooled.
void WarnOfMachines(const std::vector<hybrid::ResultFile>& files) {
  for (const hybrid::ReportMachine& machine : hybrid::FindMachines(files)) {
    if (machine.machine_ids.size() < 2) continue;
    Warn(machine.host +
         ": several machines have this name; their results are pooled");
  }
}

void WritePage(const std::string& output, const std::string& html) {
  if (output == "-") {
    hybrid::PrintOutput(html);
  } else {
    hybrid::ReplaceFile(output, html);
  }
}

std::string FormatSize(std::size_t bytes) {
  constexpr double kMega = 1e6;
  const auto size = static_cast<double>(bytes);
  return size < kMega ? fmt::format("{:.0f} kB", size / 1e3)
                      : fmt::format("{:.1f} MB", size / kMega);
}

/// "264 rows of 1 run".
std::string CountText(const std::vector<hybrid::ResultFile>& files) {
  std::size_t rows = 0;
  for (const hybrid::ResultFile& file : files) rows += file.rows.size();
  return fmt::format("{} of {}", hybrid::Counted(rows, "row"),
                     hybrid::Counted(hybrid::FindRuns(files).size(), "run"));
}

void Report(const ReportOptions& options) {
  CheckOutput(options);
  const std::string assets =
      options.charts.empty()
          ? hybrid::FindAssets(hybrid::ProgramFolder().string())
          : options.charts;
  CheckAssets(assets, options);
  const hybrid::PageAssets page = hybrid::LoadAssets(assets);
  const std::vector<hybrid::ResultFile> files = ReadFiles(options.files);
  WarnOfMachines(files);
  const std::string data = hybrid::ScriptSafeText(hybrid::PageData(
      files, fmt::format("hybrid-report {}", hybrid::ProjectVersion())));
  const std::string html = hybrid::HtmlPage(page, data);
  WritePage(options.output, html);
  const bool to_output = options.output == "-";
  std::string written = fmt::format(
      "wrote {}: {}, {}\n", to_output ? "standard output" : options.output,
      FormatSize(html.size()), CountText(files));
  if (!options.svg.empty() || !options.png.empty()) {
    const std::size_t charts =
        hybrid::DrawCharts(assets, data, options.svg, options.png);
    for (const std::string& folder : {options.svg, options.png}) {
      if (folder.empty()) continue;
      written += fmt::format("wrote {} into {}\n",
                             hybrid::Counted(charts, "chart"), folder);
    }
  }
  to_output ? hybrid::PrintError(written) : hybrid::PrintOutput(written);
}

/// A folder of that name is hardly what is meant.
void RefuseStreams(const ReportOptions& options) {
  for (const auto& [flag, folder] :
       {std::pair("--svg", options.svg), std::pair("--png", options.png),
        std::pair("--charts", options.charts)}) {
    if (folder != "-") continue;
    throw std::runtime_error(fmt::format("{}=-: takes a folder", flag));
  }
}

int Run(const std::vector<std::string>& arguments) {
  hybrid::ArgumentParser parser(
      "hybrid-report",
      "One HTML page of all that the result files of `bench` say: the answer, "
      "charts, machines, runs and every row. The page needs no network and no "
      "other file. Files of several runs are pooled.");
  ReportOptions options;
  parser.AddFiles("FILE", options.files,
                  "result files (CSV); of a folder its newest, `-` is standard "
                  "input");
  parser.AddName("-o,--output", options.output,
                 "the page; `-` is standard output. A file of that name is "
                 "replaced");
  parser.AddName("--charts", options.charts,
                 "folder to take page and charts from: a copy of `report/` "
                 "beside the program (or share/hybridbench/report) with other "
                 "specs, say",
                 "FOLDER");
  parser.AddName("--svg", options.svg,
                 "also write the charts as SVG files into this folder (needs "
                 "Node)",
                 "FOLDER");
  parser.AddName("--png", options.png,
                 "also write them as PNG files into this folder (needs Node "
                 "and rsvg-convert)",
                 "FOLDER");
  parser.AddTable(
      "Examples",
      {{"hybrid-report results/*.csv", "report.html of all runs"},
       {"hybrid-report run.csv -o run.html --png=charts", "and its charts"},
       {"zcat run.csv.gz | hybrid-report - -o - > run.html", "in a pipe"}});
  parser.AddTable(
      "Exit status",
      {{"0", "the page was written"},
       {"2", "wrong usage, or a file that can't be read or written"}});
  if (!parser.Parse(arguments)) {
    hybrid::PrintOutput(parser.Help());
    return 0;
  }
  if (hybrid::NamesStandardOutput(options.output)) options.output = "-";
  hybrid::TakeFromFolders(options.files);
  RefuseStreams(options);
  Report(options);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  // A write past the file size limit shall be an error like any other.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return Run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    hybrid::PrintError(fmt::format("hybrid-report: {}\n", error.what()));
    return kFailure;
  }
}
