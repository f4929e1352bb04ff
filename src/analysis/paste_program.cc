#include "analysis/paste_program.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string_view>

#include "analysis/vetted_split.h"
#include "base/placeholders.h"
#include "base/shell_words.h"
#include "base/text.h"

namespace hybrid {
namespace {

// What stands in a word for what differs from task to task, and for the names
// of the hosts. No word has them by itself.
constexpr char kTaskMark = '\1';
constexpr char kCountMark = '\2';
constexpr char kWorkerMark = '\3';
constexpr char kHostsMark = '\4';

/// Whether lines stay lines with it.
bool IsPrintable(const std::string& text) { return OneLine(text) == text; }

PlaceholderValues PlaceholdersOf(const Key& key, const Split& split) {
  const auto number = [](std::uint64_t value) {
    return fmt::format("{}", value);
  };
  return {{"workers", number(split.workers)},
          {"blas_threads", number(split.blas_threads)},
          {"n", number(key.n)},
          {"batch", number(key.batch)},
          {"seed", number(key.seed)},
          {"hosts", std::string(1, kHostsMark)},
          {"host_count", number(split.host_count)},
          {"all_workers", number(split.all_workers())},
          {"worker", std::string(1, kWorkerMark)},
          {"task", std::string(1, kTaskMark)},
          {"first", std::string(1, kTaskMark)},
          {"count", std::string(1, kCountMark)}};
}

/// The words of `command` with their placeholders filled; none if it has no
/// words, or what no line can tell.
std::vector<std::string> FilledWords(const std::string& command,
                                     const PlaceholderValues& values) {
  if (!IsPrintable(command)) return {};
  std::vector<std::string> filled;
  try {
    for (const std::string& word : SplitWords(command)) {
      filled.push_back(Fill(word, values));
    }
  } catch (const std::invalid_argument&) {
    return {};
  }
  return filled;
}

/// NAME of NAME=value.
std::string NameIn(const std::string& variable) {
  return variable.substr(0, variable.find('='));
}

/// NAME=value of each word of `environment` that is one.
std::vector<std::string> VariablesIn(const std::string& environment) {
  std::vector<std::string> variables;
  if (!IsPrintable(environment)) return variables;
  try {
    for (std::string& word : SplitWords(environment)) {
      if (word.find('=') == std::string::npos || !IsIdentifier(NameIn(word)))
        continue;
      variables.push_back(std::move(word));
    }
  } catch (const std::invalid_argument&) {
    return {};
  }
  return variables;
}

/// Calls `text` with what stands between marks in `word`, `mark` with these.
template <typename OnText, typename OnMark>
void ForEachPiece(std::string_view word, OnText text, OnMark mark) {
  while (!word.empty()) {
    const std::size_t end =
        std::min(word.find_first_of("\1\2\3\4"), word.size());
    if (end > 0) text(std::string(word.substr(0, end)));
    if (end < word.size()) mark(word[end]);
    word.remove_prefix(std::min(end + 1, word.size()));
  }
}

PasteProgram::Way WayNamed(const std::string& protocol) {
  using Way = PasteProgram::Way;
  if (protocol == kWholeProtocol) return Way::kWhole;
  if (protocol == "once") return Way::kOnce;
  return protocol == "filter" ? Way::kFilter : Way::kLines;
}

}  // namespace

std::optional<PasteProgram> PasteProgram::Of(const Key& key,
                                             const Split& split) {
  if (!key.runs_command()) return std::nullopt;
  PasteProgram program;
  program.way_ = WayNamed(key.protocol);
  program.n_ = key.n;
  program.batch_ = key.batch;
  program.host_count_ = split.host_count;
  program.command_ = key.command;
  program.words_ = FilledWords(key.command, PlaceholdersOf(key, split));
  if (program.words_.empty()) return std::nullopt;
  for (std::string& variable : VariablesIn(key.environment)) {
    std::string name = NameIn(variable);
    if (SteersWhatRuns(name)) {
      program.untold_.push_back(std::move(name));
    } else {
      program.variables_.push_back(std::move(variable));
    }
  }
  if (key.n > 0) {
    program.variables_.push_back(fmt::format("HYBRIDBENCH_N={}", key.n));
  }
  return program;
}

bool PasteProgram::is_python() const {
  const std::string& name = words_.front();
  const std::size_t slash = name.rfind('/');
  const std::string_view last =
      std::string_view(name).substr(slash == std::string::npos ? 0 : slash + 1);
  return last.starts_with("python") || last.starts_with("pypy") ||
         last.ends_with(".py");
}

std::string PasteProgram::About() const {
  return n_ > 0 ? fmt::format("{}, n={}", command_, n_) : command_;
}

std::string PasteProgram::UntoldText() const {
  return untold_.empty()
             ? std::string()
             : fmt::format("set by hand: {}", fmt::join(untold_, ", "));
}

bool PasteProgram::HasMark(char mark) const {
  return std::any_of(words_.begin(), words_.end(), [mark](const auto& word) {
    return word.find(mark) != std::string::npos;
  });
}

bool PasteProgram::TakesRanges() const { return HasMark(kCountMark); }

bool PasteProgram::TakesHosts() const { return HasMark(kHostsMark); }

std::vector<std::string> PasteProgram::BashWords() const {
  const std::string hosts =
      host_count_ == 1
          ? std::string(R"("${HOSTS:-$(uname -n)}")")
          : fmt::format(R"("${{HOSTS:?takes {} names, a,b}}")", host_count_);
  // No function or keyword of the shell is run, and nothing is assigned.
  std::vector<std::string> quoted{"exec"};
  if (words_.front().starts_with('-')) quoted.emplace_back("--");
  for (const std::string& word : words_) {
    std::string& text = quoted.emplace_back(word.empty() ? "''" : "");
    ForEachPiece(
        word, [&](const std::string& piece) { text += Quote(piece); },
        [&](char mark) {
          text += mark == kTaskMark    ? "\"$1\""
                  : mark == kCountMark ? "\"$2\""
                  : mark == kHostsMark ? hosts
                                       : "\"${WORKER:-0}\"";
        });
  }
  return quoted;
}

std::vector<std::string> PasteProgram::RunLines(std::uint64_t workers,
                                                const std::string& rank) const {
  // A program in the background takes the place of a shell of its own, so that
  // $! is the program.
  std::string share;
  if (way_ == Way::kFilter) {
    share = fmt::format("seq ${{WORKER:-0}} {} $(($1-1)) | program & wait $!",
                        workers);
  } else if (TakesRanges()) {
    share = fmt::format(
        "a=$(($1*WORKER/{0})) b=$(($1*(WORKER+1)/{0})); "
        "((a==b)) || {{ program $a $((b-a)) & wait $!; }}",
        workers);
  } else {
    share = fmt::format(
        "for ((t=WORKER; t<$1; t+={})); do program $t & wait $! || exit; done",
        workers);
  }
  return {
      // Within: in the reader's shell it would take its place.
      fmt::format("run() ( program() {{ {}; }}; export -f program",
                  fmt::join(BashWords(), " ")),
      // Who is interrupted ends the program, too.
      fmt::format("  workers bash -c '{}", rank) +
          R"(trap "kill \$!; exit 1" INT TERM)",
      fmt::format("  {}' \\", share),
      fmt::format("  - \"${{1:-{0}}}\" )  # then: run, or run {0}", batch_)};
}

std::string PasteProgram::PythonWords(const std::string& task,
                                      const std::string& worker) const {
  const std::string hosts =
      host_count_ == 1 ? R"(os.environ.get("HOSTS", os.uname().nodename))"
                       : R"(os.environ["HOSTS"])";
  std::vector<std::string> list;
  for (const std::string& word : words_) {
    std::vector<std::string> pieces;
    ForEachPiece(
        word,
        [&](const std::string& piece) { pieces.push_back(PythonText(piece)); },
        [&](char mark) {
          pieces.push_back(
              mark == kCountMark ? R"("1")"
              : mark == kHostsMark
                  ? hosts
                  : fmt::format("str({})", mark == kTaskMark ? task : worker));
        });
    if (pieces.empty()) pieces.emplace_back(R"("")");
    list.push_back(fmt::format("{}", fmt::join(pieces, " + ")));
  }
  return fmt::format("[{}]", fmt::join(list, ", "));
}

std::string PythonText(const std::string& text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') literal += '\\';
    literal += c;
  }
  return literal + '"';
}

}  // namespace hybrid
