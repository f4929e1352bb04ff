#include "flags/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "flags/flag_table.h"
#include "flags/google_flags.h"

namespace hybrid {
namespace {

/// CLI11 checks names and shows --help; what values may be, readers say.
std::unique_ptr<CLI::App> MakeApp() {
  auto app = std::make_unique<CLI::App>(
      "How should the cores be split between worker processes and BLAS "
      "threads?",
      "bench");
  app->set_help_flag("--help,-h", "Print this and exit");
  for (const Flag& flag : FlagTable()) {
    if (IsGoogleFlag(flag.name)) continue;
    if (flag.type.empty()) {
      app->add_flag(flag.name, flag.help);
    } else {
      app->add_option(flag.name, flag.help)
          ->type_name(flag.type)
          ->default_str(flag.default_value);
    }
  }
  return app;
}

/// What the command line says of `flag`.
std::string GivenValue(const Flag& flag, const CLI::Option& option) {
  if (!flag.type.empty()) return option.results().back();
  return option.as<bool>() ? "true" : "false";
}

/// Every flag that the command line gives. Throws FlagError.
std::map<std::string, std::string> Parse(
    const std::vector<std::string>& arguments) {
  std::map<std::string, std::string> given;
  const std::unique_ptr<CLI::App> app = MakeApp();
  try {
    // CLI11 takes its arguments from the back.
    app->parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    for (const std::string& name : FlagNames()) {
      const CLI::Option& option = *app->get_option(name);
      if (option.count() == 0) continue;
      given[name] = GivenValue(*FindFlag(name), option);
    }
  } catch (const CLI::ParseError& error) {
    throw FlagError(fmt::format("{}; see --help", error.what()));
  }
  return given;
}

/// Flags that say where rows go, of which only one can be right.
void CheckFile(const Options& options) {
  const bool resumes = options.given.contains("--resume");
  const bool names_csv = options.given.contains("--csv");
  if (resumes && options.resume.empty()) {
    throw FlagError("--resume=: takes the result file to go on with");
  }
  if (options.record && names_csv) {
    throw FlagError(
        fmt::format("--record chooses the file's name, --csv={} another one: "
                    "give one of them",
                    options.csv));
  }
  if (resumes && (options.record || names_csv)) {
    throw FlagError(
        fmt::format("--resume={} goes on with that file: give no {} beside it",
                    options.resume, options.record ? "--record" : "--csv"));
  }
  if (options.resume_anyway && !resumes) {
    throw FlagError("--resume_anyway: takes a --resume=FILE beside it");
  }
}

}  // namespace

Options ParseOptions(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    // CLI11 would only say that it was not expected.
    if (IsGoogleFlag(argument)) {
      throw FlagError(fmt::format(
          "{}: Google Benchmark has no such flag or does not take this value; "
          "see --help",
          argument));
    }
  }
  Options options;
  options.given = Parse(arguments);
  for (const Flag& flag : FlagTable()) {
    if (!flag.read) continue;
    const auto given = options.given.find(flag.name);
    flag.read(flag.name,
              given == options.given.end() ? flag.default_value : given->second,
              options);
  }
  options.n_given = options.given.contains("--n");
  options.batch_given = options.given.contains("--batch");
  CheckFile(options);
  return options;
}

std::string HelpText() { return MakeApp()->help(); }

}  // namespace hybrid
