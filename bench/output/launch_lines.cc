#include "output/launch_lines.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>
#include <utility>
#include <vector>

#include "analysis/paste_text.h"
#include "key/key_text.h"
#include "pool/environment.h"

namespace hybrid {

std::string LaunchLines(const SplitResult& use, const Key& key) {
  const std::vector<std::string> stray =
      ScrubEnvironment(ProcessEnvironment()).removed;
  std::string text;
  for (const auto& [launcher, where] :
       {std::pair(Launcher::kShell, std::string_view("in bash")),
        std::pair(Launcher::kSlurm, std::string_view("under Slurm"))}) {
    text += fmt::format("# launch {} {}:\n{}\n", SplitText(use.split), where,
                        fmt::join(PasteLines(use, launcher, stray, key), "\n"));
  }
  return text;
}

}  // namespace hybrid
