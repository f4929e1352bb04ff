#include "flags/options.h"

#include <fmt/format.h>

#include "base/argument_parser.h"
#include "base/flag_error.h"
#include "flags/command_flags.h"
#include "flags/flag_table.h"
#include "flags/google_flags.h"
#include "flags/help_tables.h"

namespace hybrid {
namespace {

/// Checks names and shows --help; what values may be, readers say. `given` gets
/// what the command line says of flags that take a value, `switches` the rest.
void AddOurFlags(std::map<std::string, std::string>& given,
                 std::map<std::string, bool>& switches,
                 ArgumentParser& parser) {
  for (const Flag& flag : FlagTable()) {
    if (IsGoogleFlag(flag.name)) continue;
    if (!flag.section.empty()) parser.AddSection(flag.section);
    if (flag.value_optional) {
      parser.AddOptionalText(flag.name, given[flag.name], flag.help);
    } else if (flag.type.empty()) {
      parser.AddSwitch(flag.name, switches[flag.name], flag.help);
    } else {
      std::string& value = given[flag.name] = flag.default_value;
      parser.AddText(flag.name, value, flag.help, flag.type);
    }
  }
}

ArgumentParser MakeParser() {
  return ArgumentParser("bench",
                        "How should the cores be split between worker "
                        "processes and BLAS threads?");
}

/// Every flag that the command line gives. Throws FlagError.
std::map<std::string, std::string> ParseGiven(
    const std::vector<std::string>& arguments) {
  std::map<std::string, std::string> values;
  std::map<std::string, bool> switches;
  ArgumentParser parser = MakeParser();
  AddOurFlags(values, switches, parser);
  try {
    parser.Parse(arguments);
  } catch (const ArgumentError& error) {
    throw FlagError(fmt::format("{}; see --help", error.what()));
  }
  std::map<std::string, std::string> given;
  for (const std::string& name : FlagNames()) {
    if (!parser.Given(name)) continue;
    const auto value = values.find(name);
    given[name] = value != values.end() ? value->second
                  : switches.at(name)   ? "true"
                                        : "false";
  }
  return given;
}

/// What needs launches in rounds goes with no workers that live on.
void CheckLaunches(const Options& options) {
  if (options.launch_anew) return;
  for (const char* const flag : {"--search", "--budget"}) {
    if (!options.given.contains(flag)) continue;
    throw FlagError(fmt::format(
        "{}: takes workers that are launched anew; leave out --launch=keep",
        flag));
  }
}

void CheckLock(const Options& options) {
  if (options.lock || !options.lock_timeout_s) return;
  throw FlagError(
      "--lock_timeout: with --lock=none nothing is waited for: give one of "
      "them");
}

/// Flags that say where rows go, of which only one can be right.
void CheckFile(const Options& options) {
  const bool resumes = options.given.contains("--resume");
  const bool names_csv = options.given.contains("--csv");
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
  options.given = ParseGiven(WithOneEnv(arguments));
  const auto quick = options.given.find(kQuickFlag);
  const bool is_quick = quick != options.given.end() && quick->second == "true";
  for (const Flag& flag : FlagTable()) {
    if (!flag.read) continue;
    const auto given = options.given.find(flag.name);
    flag.read(flag.name,
              given == options.given.end() ? DefaultOf(flag, is_quick)
                                           : given->second,
              options);
  }
  options.n_given = options.given.contains("--n");
  options.batch_given =
      options.given.contains("--batch") && !options.axes.batch.is_auto;
  CheckFile(options);
  CheckLaunches(options);
  CheckLock(options);
  ApplyCommand(options);
  return options;
}

std::string HelpText() {
  std::map<std::string, std::string> values;
  std::map<std::string, bool> switches;
  ArgumentParser parser = MakeParser();
  parser.AddTable(
      "Families, chosen by --benchmark_filter=REGEX (without one: Hybrid)",
      FamiliesTable());
  AddOurFlags(values, switches, parser);
  parser.AddTable("Examples", ExamplesTable());
  parser.AddTable("Exit status", ExitStatusTable());
  return parser.Help();
}

}  // namespace hybrid
