// hybrid-report FILE... -o report.html: one page of all that result files say.

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "base/argument_parser.h"
#include "base/json.h"
#include "base/program_folder.h"
#include "base/replace_file.h"
#include "report/assets.h"
#include "report/charts.h"
#include "report/html_page.h"
#include "report/machines.h"
#include "report/page_data.h"
#include "report/runs.h"
#include "report/script_safe_text.h"
#include "results/csv_reader.h"
#include "results/host_names.h"
#include "results/row_format.h"

namespace {

namespace fs = std::filesystem;

constexpr int kFailure = 2;

struct Options {
  std::vector<std::string> files;
  std::string output = "report.html";
  std::string charts;
  std::string svg;
  std::string png;
};

void Warn(const std::string& text) {
  std::fprintf(stderr, "hybrid-report: %s\n", text.c_str());
}

/// Result files are records and must not be lost to a slip of the keyboard.
void CheckOutput(const Options& options) {
  const fs::path output = options.output;
  if (output.extension() == ".csv") {
    throw std::runtime_error("-o " + options.output +
                             ": that is a result file's name; name a page, "
                             "such as report.html");
  }
  for (const std::string& file : options.files) {
    std::error_code ignored;
    if (fs::equivalent(file, output, ignored)) {
      throw std::runtime_error("-o " + options.output +
                               ": is one of the result files");
    }
  }
}

/// Without folders, which are nobody's business in a page that is sent on,
/// unless two files have the same name.
std::vector<hybrid::ResultFile> ReadFiles(
    const std::vector<std::string>& paths) {
  const auto name = [](const std::string& path) {
    return fs::path(path).filename().string();
  };
  std::vector<hybrid::ResultFile> files;
  hybrid::HostNames hosts;
  for (const std::string& path : paths) {
    const bool unique =
        std::count_if(paths.begin(), paths.end(), [&](const auto& other) {
          return name(other) == name(path);
        }) == 1;
    files.push_back({unique ? name(path) : path, hybrid::ReadCsv(path)});
    hosts.Unify(files.back().rows);
  }
  return files;
}

void WarnOfFiles(const std::vector<hybrid::ResultFile>& files) {
  for (const hybrid::ResultFile& file : files) {
    if (std::none_of(file.rows.begin(), file.rows.end(),
                     [](const hybrid::Row& row) {
                       return row.status == hybrid::Status::kOk;
                     })) {
      Warn(file.name + ": no repetition completed");
    }
  }
  for (const hybrid::ReportRun& run : hybrid::FindRuns(files)) {
    if (run.files.size() < 2) continue;
    Warn("run " + hybrid::Excerpt(run.run_id) + " is in " + run.files[0] +
         " and in " + run.files[1] + ": its rows count twice");
  }
  for (const hybrid::ReportMachine& machine : hybrid::FindMachines(files)) {
    if (machine.machine_ids.size() < 2) continue;
    Warn(machine.host +
         ": several machines have this name; their results are "
         "pooled");
  }
}

void Write(const std::string& output, const std::string& html) {
  if (output != "-") {
    hybrid::ReplaceFile(output, html);
    return;
  }
  std::cout << html << std::flush;
  if (!std::cout) throw std::runtime_error("standard output: write failed");
}

void Report(const Options& options) {
  CheckOutput(options);
  const std::string assets =
      options.charts.empty()
          ? hybrid::FindAssets(hybrid::ProgramFolder().string())
          : options.charts;
  const hybrid::PageAssets page = hybrid::LoadAssets(assets);
  const std::vector<hybrid::ResultFile> files = ReadFiles(options.files);
  WarnOfFiles(files);
  const std::string data = hybrid::ScriptSafeText(
      hybrid::PageData(files, "hybrid-report " HYBRID_VERSION));
  Write(options.output, hybrid::HtmlPage(page, data));
  if (!options.svg.empty() || !options.png.empty()) {
    hybrid::DrawCharts(assets, data, options.svg, options.png);
  }
}

int Run(const std::vector<std::string>& arguments) {
  hybrid::ArgumentParser parser(
      "hybrid-report",
      "One HTML page of all that the result files of `bench` say: the answer, "
      "charts, machines, runs and every row. The page needs no network and no "
      "other file. Files of several runs are pooled.");
  Options options;
  parser.AddFiles("FILE", options.files, "result files (CSV)");
  parser.AddName("-o,--output", options.output,
                 "the page; `-` is standard output. A file of that name is "
                 "replaced");
  parser.AddName("--charts", options.charts,
                 "folder to take page and charts from: a copy of `report/` "
                 "beside the program (or share/hybridbench/report) with other "
                 "specs, say");
  parser.AddName("--svg", options.svg,
                 "also write the charts as SVG files into this folder (needs "
                 "Node)");
  parser.AddName("--png", options.png,
                 "also write them as PNG files into this folder (needs Node "
                 "and rsvg-convert)");
  if (!parser.Parse(arguments)) {
    std::cout << parser.Help();
    return 0;
  }
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
    std::fprintf(stderr, "hybrid-report: %s\n", error.what());
    return kFailure;
  }
}
