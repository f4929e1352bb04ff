#include "base/process_list.h"

#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>

#include "base/parse_number.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

using Children = std::map<pid_t, std::vector<pid_t>>;

std::string ProcessFolder(pid_t pid, const std::string& root) {
  return fmt::format("{}/proc/{}", root, pid);
}

std::vector<pid_t> NumberedEntries(const std::string& folder) {
  std::vector<pid_t> numbers;
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  while (!error && entry != std::filesystem::directory_iterator()) {
    const std::string name = entry->path().filename().string();
    const std::optional<pid_t> number = ParseNumber<pid_t>(name);
    if (number) numbers.push_back(*number);
    entry.increment(error);
  }
  return numbers;
}

/// What a thread forked; nothing if it is gone or the kernel was built without
/// that file.
std::optional<std::string> ChildrenText(pid_t pid, pid_t tid,
                                        const std::string& root) {
  return text_file::Read(
      fmt::format("{}/task/{}/children", ProcessFolder(pid, root), tid));
}

std::vector<pid_t> ChildrenOf(pid_t pid, const std::string& root) {
  std::vector<pid_t> children;
  for (const pid_t tid : ThreadsOf(pid, root)) {
    const std::string text = ChildrenText(pid, tid, root).value_or("");
    for (const std::string_view word : text_file::Words(text)) {
      const std::optional<pid_t> child = ParseNumber<pid_t>(word);
      if (child) children.push_back(*child);
    }
  }
  return children;
}

/// The children of all processes of the machine, as each names its parent.
Children ChildrenOfAll(const std::string& root) {
  Children children;
  for (const pid_t pid : NumberedEntries(root + "/proc")) {
    const std::string stat =
        text_file::Read(ProcessFolder(pid, root) + "/stat").value_or("");
    const std::vector<std::string_view> fields = text_file::StatFields(stat);
    if (fields.size() < 2) continue;
    const std::optional<pid_t> parent = ParseNumber<pid_t>(fields[1]);
    if (parent) children[*parent].push_back(pid);
  }
  return children;
}

}  // namespace

std::vector<pid_t> ThreadsOf(pid_t pid, const std::string& root) {
  return NumberedEntries(ProcessFolder(pid, root) + "/task");
}

std::vector<pid_t> Descendants(pid_t pid, const std::string& root) {
  const bool is_listed = ChildrenText(pid, pid, root).has_value();
  Children of_all;
  if (!is_listed) of_all = ChildrenOfAll(root);
  std::vector<pid_t> found;
  // A number that is given anew while this reads must not lead in circles.
  std::set<pid_t> known{pid};
  const auto add_children = [&](pid_t parent) {
    for (const pid_t child :
         is_listed ? ChildrenOf(parent, root) : of_all[parent]) {
      if (known.insert(child).second) found.push_back(child);
    }
  };
  add_children(pid);
  for (std::size_t i = 0; i < found.size(); ++i) add_children(found[i]);
  return found;
}

}  // namespace hybrid
