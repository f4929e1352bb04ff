#include "cluster/launch_plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <utility>

#include "base/contains.h"
#include "base/flag_error.h"
#include "base/placeholders.h"
#include "base/shell_words.h"
#include "base/text.h"
#include "base/variables.h"
#include "cluster/allocation.h"
#include "cluster/launcher_table.h"

namespace hybrid {
namespace {

using Words = std::vector<std::string>;

/// What words of a launcher may have in them.
PlaceholderValues ValuesFor(const std::string& host, const Words& hosts,
                            std::size_t host_count) {
  return {{"host", host},
          {"hosts", fmt::format("{}", fmt::join(hosts, ","))},
          {"host_count", std::to_string(host_count)}};
}

/// What is to start the agents.
struct Choice {
  const LauncherRow* row;  ///< null: a prefix
  std::string name;        ///< the row's, or the prefix
  std::string flag;        ///< as messages show it
  Words words;             ///< with placeholders, the program first
};

[[noreturn]] void Reject(std::string_view flag, std::string_view why) {
  throw FlagError(fmt::format("{}: {}", flag, why));
}

Choice ChoiceOf(const LauncherRow& row, std::string flag,
                const std::optional<std::string>& program) {
  if (!program) {
    const bool is_path = flag.find('/') != std::string::npos;
    Reject(flag, fmt::format("{} {} (Debian: {})",
                             is_path ? "that is not" : "no folder of PATH has",
                             row.title, row.package));
  }
  Words words = WordsOf(row.flags);
  words.insert(words.begin(), *program);
  return {&row, std::string(row.name), std::move(flag), std::move(words)};
}

/// The launcher that fits where the user names none.
Choice DefaultChoice(const LaunchRequest& request, const Allocation& allocation,
                     std::string_view path) {
  constexpr std::array<std::string_view, 1> kSsh{"ssh"};
  std::span<const std::string_view> names = allocation.launchers;
  if (names.empty() && !request.hosts.empty()) names = kSsh;
  if (names.empty()) {
    Reject("--hosts",
           "this is no allocation of Slurm or another batch system: takes the "
           "names of hosts (--hosts=a,b: ssh starts the agents), or "
           "--launcher=... beside it");
  }
  for (const std::string_view name : names) {
    const LauncherRow& row = *FindLauncher(name);
    const auto program = FindProgramOf(row, WordsOf(row.programs), path);
    if (program) {
      return ChoiceOf(row, fmt::format("--launcher={}", name), program);
    }
  }
  return ChoiceOf(*FindLauncher(names.front()),
                  allocation.variable.empty()
                      ? fmt::format("--launcher={}", names.front())
                      : fmt::format("--launcher={} (there is {})",
                                    names.front(), allocation.variable),
                  std::nullopt);
}

Choice ChoiceOf(const LaunchRequest& request, const Allocation& allocation,
                std::string_view path) {
  const std::string& launcher = request.launcher;
  const std::string flag = fmt::format("--launcher={}", launcher);
  Words words;
  try {
    words = SplitWords(launcher);
    for (const std::string& word : words) Fill(word, ValuesFor({}, {}, 0));
  } catch (const std::invalid_argument& error) {
    Reject(flag, error.what());
  }
  if (words.empty()) return DefaultChoice(request, allocation, path);
  const LauncherRow* const row =
      words.size() == 1 ? FindLauncher(words.front()) : nullptr;
  if (row == nullptr) return {nullptr, launcher, flag, std::move(words)};
  const Words programs =
      words.front() == row->name ? WordsOf(row->programs) : words;
  return ChoiceOf(*row, flag, FindProgramOf(*row, programs, path));
}

/// Throws FlagError for what can't be names of different hosts.
void CheckHosts(const Words& hosts) {
  const std::string flag = fmt::format("--hosts={}", fmt::join(hosts, ","));
  std::set<std::string_view> seen;
  for (const std::string& host : hosts) {
    if (host.empty()) Reject(flag, "a name is missing");
    if (!seen.insert(host).second) {
      Reject(flag, fmt::format("{} is there twice", host));
    }
    // Such a word would be read as a flag, or as two.
    if (host.front() == '-' || OneLine(host).find(' ') != std::string::npos) {
      Reject(flag, fmt::format("'{}' is no name of a host", host));
    }
  }
}

std::size_t CountHosts(const LaunchRequest& request,
                       const Allocation& allocation, const Words& hosts,
                       const std::string& flag) {
  const std::size_t known =
      hosts.empty() ? allocation.host_count : hosts.size();
  if (request.host_count == 0 && known == 0) {
    Reject(flag, fmt::format(
                     "nobody says how many hosts there are{}: takes "
                     "--hosts=... beside it",
                     allocation.variable.empty()
                         ? ""
                         : fmt::format(" ({} does not)", allocation.variable)));
  }
  if (known > 0 && request.host_count > known) {
    Reject("--hosts",
           fmt::format(
               "{} are more than there are: {}", request.host_count,
               request.hosts.empty()
                   ? fmt::format("{}, as {} says", known, allocation.variable)
                   : fmt::format("{}", fmt::join(hosts, ","))));
  }
  return request.host_count == 0 ? known : request.host_count;
}

bool Takes(const Choice& choice, std::string_view placeholder) {
  return std::any_of(choice.words.begin(), choice.words.end(),
                     [placeholder](const std::string& word) {
                       return Contains(PlaceholdersIn(word), placeholder);
                     });
}

/// Throws FlagError where names are given that it does not take, or taken that
/// nobody gives.
void CheckNames(const LaunchRequest& request, const Allocation& allocation,
                const Words& hosts, const Choice& choice) {
  const bool takes_names = Takes(choice, "host") || Takes(choice, "hosts");
  if (takes_names && hosts.empty()) {
    Reject(choice.flag,
           fmt::format("takes the names of hosts beside it, --hosts={}",
                       Contains(allocation.launchers, "srun")
                           ? "$(scontrol show hostnames | paste -sd,)"
                           : "a,b"));
  }
  if (!takes_names && !request.hosts.empty()) {
    Reject(choice.flag, "takes {host} or {hosts} in it, for those of --hosts");
  }
}

/// The command that starts `agent`, with `values` for placeholders.
Words CommandWords(const Choice& choice, const PlaceholderValues& values,
                   const std::string& agent, std::string_view path) {
  Words words;
  words.reserve(choice.words.size() + 1);
  for (const std::string& word : choice.words) {
    words.push_back(Fill(word, values));
  }
  if (choice.row == nullptr) {
    const auto program = FindProgram(words.front(), path);
    if (!program) {
      Reject(choice.flag,
             fmt::format("{} is {}", words.front(),
                         words.front().find('/') == std::string::npos
                             ? "in no folder of PATH"
                             : "no program that can be run"));
    }
    words.front() = *program;
  }
  const bool is_read_again =
      choice.row != nullptr && choice.row->has_remote_shell;
  words.push_back(is_read_again ? Quote(agent) : agent);
  return words;
}

std::vector<LauncherCommand> CommandsOf(const Choice& choice,
                                        const Words& hosts,
                                        std::size_t host_count,
                                        const std::string& agent,
                                        std::string_view path) {
  std::vector<LauncherCommand> commands;
  if (!Takes(choice, "host")) {
    commands.push_back(
        {CommandWords(choice, ValuesFor({}, hosts, host_count), agent, path),
         Takes(choice, "hosts") ? hosts : Words()});
    return commands;
  }
  commands.reserve(hosts.size());
  for (const std::string& host : hosts) {
    commands.push_back(
        {.words = CommandWords(choice, ValuesFor(host, hosts, host_count),
                               agent, path),
         .hosts = {host},
         .is_told_by_stdin = true});
  }
  return commands;
}

/// Sets and takes out of `environment` what a launcher wants.
void Adapt(std::string_view variables, std::vector<std::string>& environment) {
  for (std::string& variable : WordsOf(variables)) {
    RemoveVariable(environment, VariableName(variable));
    if (variable.find('=') != std::string::npos) {
      environment.push_back(std::move(variable));
    }
  }
}

}  // namespace

LaunchPlan PlanLaunch(const LaunchRequest& request,
                      const std::vector<std::string>& environment) {
  const std::string_view path = VariableValue(environment, "PATH");
  const Allocation allocation = FindAllocation(environment);
  Words hosts = request.hosts.empty() ? allocation.hosts : request.hosts;
  CheckHosts(hosts);
  Choice choice = ChoiceOf(request, allocation, path);
  if (choice.row != nullptr && !hosts.empty()) {
    const Words flags = WordsOf(choice.row->host_flags);
    choice.words.insert(choice.words.end(), flags.begin(), flags.end());
  }
  CheckNames(request, allocation, hosts, choice);
  const std::size_t count = CountHosts(request, allocation, hosts, choice.flag);
  if (!hosts.empty()) hosts.resize(count);

  LaunchPlan plan{
      .launcher = choice.name,
      .host_count = count,
      .hosts = hosts,
      .commands = CommandsOf(choice, hosts, count, request.agent, path),
      .environment = environment};
  if (choice.row != nullptr) Adapt(choice.row->variables, plan.environment);
  return plan;
}

}  // namespace hybrid
