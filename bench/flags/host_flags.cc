#include "flags/host_flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/contains.h"
#include "base/flag_error.h"
#include "base/placeholders.h"
#include "base/shell_words.h"
#include "key/key.h"
#include "sweep/axis.h"

namespace hybrid {
namespace {

constexpr std::uint64_t kMostHosts = 100'000;

/// Letters, digits, and what names and addresses have between them.
bool IsHostName(std::string_view text) {
  return !text.empty() && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= '0' && c <= '9') ||
                  std::string_view("-._:@").find(c) != std::string_view::npos;
         });
}

/// `text`, which is not empty where the flag is given.
std::string NotEmpty(std::string_view flag, const std::string& text,
                     const Options& options, std::string_view takes) {
  if (text.empty() && options.given.contains(std::string(flag))) {
    throw FlagError(fmt::format("{}=: takes {}", flag, takes));
  }
  return text;
}

/// Whether --command has one of these placeholders.
bool TakesAnyOf(std::initializer_list<std::string_view> names,
                const Options& options) {
  for (const std::string& word : SplitWords(options.axes.command)) {
    for (const std::string& name : PlaceholdersIn(word)) {
      if (Contains(names, name)) return true;
    }
  }
  return false;
}

}  // namespace

void ReadHosts(std::string_view flag, const std::string& text,
               Options& options) {
  std::vector<std::string>& hosts = options.hosts.names;
  hosts.clear();
  if (text.empty() && !options.given.contains(std::string(flag))) return;
  for (const std::string_view name : SplitList(text)) {
    if (!IsHostName(name)) {
      throw FlagError(fmt::format(
          "{}={}: '{}' is no name of a host; takes a list of them, as "
          "node1,node2",
          flag, text, name));
    }
    if (Contains(hosts, std::string(name))) {
      throw FlagError(
          fmt::format("{}={}: {} is given twice", flag, text, name));
    }
    hosts.emplace_back(name);
  }
}

void ReadHostCounts(std::string_view flag, const std::string& text,
                    Options& options) {
  options.hosts.counts =
      ParseAxis({.flag = flag, .max = kMostHosts, .allows_auto = true}, text);
  options.hosts.counts_given = options.given.contains(std::string(flag));
}

void ReadLauncher(std::string_view flag, const std::string& text,
                  Options& options) {
  options.hosts.launcher = NotEmpty(flag, text, options, "srun, mpirun, …");
}

void ReadAgent(std::string_view flag, const std::string& text,
               Options& options) {
  options.hosts.agent = NotEmpty(flag, text, options, "a path");
}

void ReadUnequalHosts(std::string_view, const std::string& text,
                      Options& options) {
  options.hosts.unequal = text == "true";
}

void CheckHosts(const Options& options) {
  const auto given = [&options](const char* flag) {
    return options.given.contains(flag);
  };
  if (!options.hosts.wanted()) {
    for (const char* const flag : {"--agent", "--unequal_hosts"}) {
      if (!given(flag)) continue;
      throw FlagError(fmt::format(
          "{}: is for several hosts, which --hosts names; in an allocation "
          "--host_counts=auto takes those that it has",
          flag));
    }
    return;
  }
  if (options.axes.protocol == kWholeProtocol &&
      !TakesAnyOf({"hosts", "host_count", "all_workers"}, options)) {
    throw FlagError(fmt::format(
        "--command={}: with --protocol=whole the program's own launcher takes "
        "it to the hosts, and has to be told of them: takes {{hosts}}, "
        "{{host_count}} or {{all_workers}} in it",
        options.axes.command));
  }
  for (const char* const flag : {"--lock", "--lock_timeout"}) {
    if (!given(flag)) continue;
    throw FlagError(fmt::format(
        "{}: is for the CPUs of this machine; those of hosts are not locked: "
        "leave it out",
        flag));
  }
  if (given("--worker")) {
    throw FlagError(
        "--worker: on hosts the agent starts the hybrid-worker beside it; "
        "--agent names another agent");
  }
}

void CheckHostNames(const Options& options) {
  if (options.axes.protocol != kWholeProtocol ||
      !options.hosts.in_order.empty() || !TakesAnyOf({"hosts"}, options)) {
    return;
  }
  throw FlagError(
      "--command: {hosts}: only srun knows the names of this allocation's "
      "hosts; takes them beside it, "
      "--hosts=$(scontrol show hostnames | paste -sd,)");
}

}  // namespace hybrid
