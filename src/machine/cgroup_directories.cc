#include "machine/cgroup_directories.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/contains.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

// One line of /proc/self/cgroup, `number:controllers:path`; cgroup v2 is the
// one without controllers.
struct Group {
  std::vector<std::string_view> controllers;
  std::string_view path;
};

// One cgroup line of /proc/self/mountinfo.
struct Mount {
  std::string_view type;
  std::vector<std::string_view> options;  // v1: the controllers are among them
  std::string root;                       // the group mounted at `point`
  std::string point;
};

std::vector<Group> ParseGroups(std::string_view text) {
  std::vector<Group> groups;
  for (const std::string_view line : text_file::Parts(text, '\n')) {
    // Only the first two colons separate: a path may hold more.
    const std::size_t first = line.find(':');
    if (first == std::string_view::npos) continue;
    const std::size_t second = line.find(':', first + 1);
    if (second == std::string_view::npos) continue;
    groups.push_back(
        {text_file::Parts(line.substr(first + 1, second - first - 1), ','),
         line.substr(second + 1)});
  }
  return groups;
}

// mountinfo writes blanks, line ends and backslashes as three octal digits.
std::string Unescape(std::string_view text) {
  const auto is_octal = [](char c) { return c >= '0' && c <= '7'; };
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view digits = text.substr(i + 1, 3);
    if (text[i] == '\\' && digits.size() == 3 &&
        std::all_of(digits.begin(), digits.end(), is_octal)) {
      plain += static_cast<char>((digits[0] - '0') * 64 +
                                 (digits[1] - '0') * 8 + (digits[2] - '0'));
      i += 3;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

std::vector<Mount> ParseMounts(std::string_view text) {
  constexpr std::size_t kRoot = 3;
  constexpr std::size_t kPoint = 4;
  constexpr std::size_t kFixedFields = 6;
  std::vector<Mount> mounts;
  for (const std::string_view line : text_file::Parts(text, '\n')) {
    const std::vector<std::string_view> fields = text_file::Words(line);
    if (fields.size() < kFixedFields) continue;
    // A varying number of optional fields ends with a lone hyphen; then come
    // type, source and the file system's own options.
    const auto hyphen =
        std::find(fields.begin() + kFixedFields, fields.end(), "-");
    if (fields.end() - hyphen < 4) continue;
    const std::string_view type = hyphen[1];
    if (type != "cgroup" && type != "cgroup2") continue;
    mounts.push_back({type, text_file::Parts(hyphen[3], ','),
                      Unescape(fields[kRoot]), Unescape(fields[kPoint])});
  }
  return mounts;
}

// Where `group` lies below the mounted group `root`: "" or "/a/b". Nothing if
// it lies elsewhere, as it can in containers.
std::optional<std::string_view> PathBelow(std::string_view group,
                                          std::string_view root) {
  while (root.ends_with('/')) root.remove_suffix(1);
  while (group.ends_with('/')) group.remove_suffix(1);
  if (!group.starts_with(root)) return std::nullopt;
  const std::string_view below = group.substr(root.size());
  if (!below.empty() && below.front() != '/') return std::nullopt;
  // A group outside the process's cgroup namespace, seen as `/../sibling`.
  if (below == "/.." || below.starts_with("/../")) return std::nullopt;
  return below;
}

// `controller` empty: cgroup v2.
std::vector<std::string> Directories(const std::vector<Group>& groups,
                                     const std::vector<Mount>& mounts,
                                     const std::string& prefix,
                                     std::string_view controller) {
  const bool unified = controller.empty();
  const auto group =
      std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
        return unified ? g.controllers.empty()
                       : Contains(g.controllers, controller);
      });
  if (group == groups.end()) return {};

  std::vector<std::string> directories;
  const Mount* elsewhere = nullptr;
  for (const Mount& mount : mounts) {
    if (mount.type != (unified ? "cgroup2" : "cgroup")) continue;
    if (!unified && !Contains(mount.options, controller)) continue;
    std::optional<std::string_view> below = PathBelow(group->path, mount.root);
    if (!below) {
      if (elsewhere == nullptr) elsewhere = &mount;
      continue;
    }
    // A hierarchy may be mounted more than once, each time with another part
    // of it in view: all that hold our group count.
    for (; !below->empty(); below = below->substr(0, below->rfind('/'))) {
      directories.push_back(prefix + mount.point + std::string(*below));
    }
    directories.push_back(prefix + mount.point);
  }
  // The paths don't fit together: a container sees its own group at the mount
  // point, whatever the names say.
  if (directories.empty() && elsewhere != nullptr) {
    directories.push_back(prefix + elsewhere->point);
  }
  return directories;
}

}  // namespace

CgroupDirectories FindCgroupDirectories(const std::string& root) {
  const std::optional<std::string> group_text =
      text_file::Read(root + "/proc/self/cgroup");
  const std::optional<std::string> mount_text =
      text_file::Read(root + "/proc/self/mountinfo");
  if (!group_text || !mount_text) return {};
  const std::vector<Group> groups = ParseGroups(*group_text);
  const std::vector<Mount> mounts = ParseMounts(*mount_text);
  return {Directories(groups, mounts, root, ""),
          Directories(groups, mounts, root, "cpu"),
          Directories(groups, mounts, root, "memory"),
          Directories(groups, mounts, root, "pids")};
}

}  // namespace hybrid
