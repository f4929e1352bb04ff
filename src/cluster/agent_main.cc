#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/descriptor_limit.h"
#include "base/program_folder.h"
#include "base/standard_streams.h"
#include "base/version.h"
#include "cluster/agent.h"
#include "cluster/frame.h"
#include "cluster/launch_plan.h"
#include "pool/worker_settings.h"

namespace {

constexpr std::string_view kHelp =
    R"(Looks after the workers of one host for bench, which has it started there by
srun, mpirun, mpiexec, ssh or another launcher.

Usage: hybrid-agent FLAG
  --help, -h       print this and exit
  --version        print what this was built of and exit
  --worker=PATH    the worker to start; else hybrid-worker beside this program

What bench tells it comes in the variable HYBRID_AGENT, or in the first line of
standard input.

Exit status:
  0                bench let it go
  1                it failed, and said why
  2                it was not started for bench
)";

constexpr std::string_view kWorker = "--worker=";

/// What bench tells this agent. Throws std::invalid_argument.
hybrid::Invitation Invited() {
  const std::string name(hybrid::kAgentVariable);
  if (const char* const text = std::getenv(name.c_str())) {
    return hybrid::ParseInvitation(text);
  }
  std::string line;
  if (isatty(STDIN_FILENO) != 0 || !std::getline(std::cin, line)) {
    throw std::invalid_argument(fmt::format("{} is not set", name));
  }
  return hybrid::ParseInvitation(line);
}

std::string HostName() {
  std::string name(256, '\0');
  if (gethostname(name.data(), name.size() - 1) != 0) return "unknown host";
  name.resize(name.find('\0'));
  return name;
}

int Main(std::span<char* const> arguments) {
  hybrid::AgentSettings settings{.worker_executable =
                                     hybrid::DefaultWorkerExecutable()};
  for (const std::string_view argument : arguments) {
    if (argument == "--help" || argument == "-h") {
      hybrid::PrintOutput(kHelp);
      return 0;
    }
    if (argument == "--version") {
      hybrid::PrintOutput(hybrid::VersionLine("hybrid-agent"));
      return 0;
    }
    if (!argument.starts_with(kWorker)) {
      throw std::invalid_argument(
          fmt::format("{}: is no flag, see --help", argument));
    }
    settings.worker_executable = argument.substr(kWorker.size());
  }
  hybrid::RaiseDescriptorLimit();
  hybrid::RunAgent(Invited(), settings);
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  return Main({argv + 1, static_cast<std::size_t>(argc > 0 ? argc - 1 : 0)});
} catch (const std::invalid_argument& error) {
  hybrid::PrintError(fmt::format(
      "hybrid-agent: {}; bench has this program started, and tells it what to "
      "do\n",
      error.what()));
  return 2;
} catch (const hybrid::LinkError& error) {
  hybrid::PrintError(
      fmt::format("hybrid-agent on {}: bench {}\n", HostName(), error.what()));
  return 1;
} catch (const std::exception& error) {
  hybrid::PrintError(
      fmt::format("hybrid-agent on {}: {}\n", HostName(), error.what()));
  return 1;
}
