#include "report/program.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdlib>
#include <optional>
#include <string_view>

#include "base/find_program.h"
#include "base/launcher.h"
#include "base/run_program.h"
#include "base/text_file.h"
#include "report/report_error.h"

namespace hybrid {
namespace {

/// Where a shell would find `name`; nothing if it would not.
std::optional<std::string> FindProgram(const std::string& name) {
  const char* const variable = std::getenv("PATH");
  return FindInPath(variable != nullptr ? variable : "/bin:/usr/bin", name,
                    ".");
}

/// `: ` and the last line of `text` that says something; empty if there is
/// none. Of an uncaught error in JavaScript that is the line which names it,
/// since Node says more behind it.
std::string Complaint(std::string_view text) {
  std::string complaint;
  for (const std::string_view line : text_file::Parts(text, '\n')) {
    if (text_file::Words(line).empty() || line.starts_with("Node.js v") ||
        line.starts_with("    at ")) {
      continue;
    }
    complaint = line;
  }
  return complaint.empty() ? "" : ": " + complaint;
}

}  // namespace

void RunProgram(const std::vector<std::string>& command,
                const std::string& advice) {
  const std::string& name = command.front();
  const std::optional<std::string> path = FindProgram(name);
  if (!path) {
    throw ReportError(fmt::format("{} was not found; {}", name, advice));
  }
  ProgramOutcome outcome;
  try {
    outcome = RunToEnd(*path, {command.begin() + 1, command.end()});
  } catch (const LaunchError& error) {
    throw ReportError(error.what());
  }
  const int status = outcome.wait_status;
  if (WIFSIGNALED(status)) {
    throw ReportError(fmt::format("{} was killed by signal {}{}", name,
                                  WTERMSIG(status), Complaint(outcome.errors)));
  }
  if (WEXITSTATUS(status) != 0) {
    throw ReportError(fmt::format("{} failed with status {}{}", name,
                                  WEXITSTATUS(status),
                                  Complaint(outcome.errors)));
  }
}

}  // namespace hybrid
