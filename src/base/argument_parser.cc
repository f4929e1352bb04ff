#include "base/argument_parser.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "base/contains.h"
#include "base/parse_number.h"
#include "base/text.h"
#include "base/version.h"

namespace hybrid {
namespace {

/// `--name`, `--name=value`, `-n`, `-nvalue` or `-n=value`, taken apart.
struct Spelling {
  explicit Spelling(const std::string& argument) {
    const bool is_long = argument.starts_with("--");
    const std::size_t end = is_long ? argument.find('=') : 2;
    name = argument.substr(0, end);
    if (end >= argument.size()) return;
    value = argument.substr(end + (argument[end] == '=' ? 1 : 0));
  }

  std::string name;
  std::optional<std::string> value;
};

/// A lone `-` is the name of a stream, not a flag.
bool LooksLikeFlag(const std::string& argument) {
  return argument.size() > 1 && argument.front() == '-';
}

bool IsSwitch(const CLI::Option& option) {
  return option.get_expected_max() == 0;
}

bool IsList(const CLI::Option& option) { return option.get_expected_max() > 1; }

/// `true` or `false`.
std::string SwitchValue(const Spelling& flag) {
  constexpr std::array<std::string_view, 4> kOn = {"true", "yes", "on", "1"};
  constexpr std::array<std::string_view, 4> kOff = {"false", "no", "off", "0"};
  if (!flag.value || Contains(kOn, *flag.value)) return "true";
  if (Contains(kOff, *flag.value)) return "false";
  throw ArgumentError(fmt::format("{}={}: takes no value but true and false",
                                  flag.name, *flag.value));
}

void CheckListed(const std::string& flag, const std::string& value) {
  // So that each item stands between two commas.
  const std::string list = fmt::format(",{},", value);
  if (list.find(",,") == std::string::npos) return;
  throw ArgumentError(fmt::format(
      "{}={}: names nothing between two commas or beside one", flag, value));
}

/// `words` in lines below each other, with `label` in front of the first one; a
/// longer label has a line of its own.
std::string TableLine(const std::string& label,
                      const std::vector<std::string>& words) {
  constexpr std::size_t kLabelColumns = 26;
  constexpr std::size_t kHelpColumns = 100;
  std::string lines;
  std::string front = "  " + label;
  if (DisplayWidth(front) + 2 > kLabelColumns) {
    lines = front + '\n';
    front.clear();
  }
  front.resize(front.size() + kLabelColumns - DisplayWidth(front), ' ');
  return lines + Wrapped(front, words, kHelpColumns);
}

std::string TableText(const std::string& title,
                      const ArgumentParser::Table& table) {
  std::string text = fmt::format("\n{}:\n", title);
  for (const auto& [label, meaning] : table) {
    text += TableLine(label, WordsOf(meaning));
  }
  return text;
}

}  // namespace

struct ArgumentParser::Impl {
  Impl(const std::string& name, const std::string& what)
      : program(name), description(what), app(what, name) {
    app.set_help_flag("--help,-h", "");
    app.set_version_flag("--version", VersionLine(name));
    flags = TableLine("--help, -h", WordsOf("print this and exit")) +
            TableLine("--version",
                      WordsOf("print what this was built of, and exit"));
  }

  /// Notes for --help what `option` is; `usual` is its default.
  void Describe(const CLI::Option& option, const std::string& help,
                const std::string& usual = "");
  std::vector<std::string> Words(const std::vector<std::string>& arguments);
  std::string ValueOf(const Spelling& flag, const std::string* next);
  const CLI::Option& Find(const Spelling& flag);
  bool EndsThere(const CLI::Option& option) const {
    return &option == app.get_help_ptr() || &option == app.get_version_ptr();
  }
  std::string Help() const;

  std::string program;
  std::string description;
  CLI::App app;
  std::set<std::string> optional_texts;  // whose value may be left out
  std::set<std::string> repeated;        // may be given several times
  bool version_wanted = false;
  bool has_flags = false;  // of the program's own
  std::string usage;       // of the files
  std::string files;       // their lines of --help
  std::string flags;
  std::string front;  // tables in front of the flags
  std::string back;   // and behind them
};

void ArgumentParser::Impl::Describe(const CLI::Option& option,
                                    const std::string& help,
                                    const std::string& usual) {
  std::vector<std::string> words = WordsOf(help);
  if (!usual.empty()) words.push_back(fmt::format("(default: {})", usual));
  if (option.get_positional()) {
    files += TableLine(option.get_name(true), words);
    return;
  }
  std::string label = option.get_name();
  if (!IsSwitch(option)) label += '=' + option.get_type_name();
  if (!option.get_snames().empty()) {
    label += fmt::format(", -{}", option.get_snames().front());
  }
  flags += TableLine(label, words);
  has_flags = true;
}

std::string ArgumentParser::Impl::Help() const {
  constexpr std::size_t kTextColumns = 80;
  std::string text = Wrapped("", WordsOf(description), kTextColumns);
  text += fmt::format("\nUsage: {} [FLAGS]{}\n", program, usage);
  return text + files + front + "\nFlags:\n" + flags + back;
}

const CLI::Option& ArgumentParser::Impl::Find(const Spelling& flag) {
  const CLI::Option* const option = app.get_option_no_throw(flag.name);
  if (option == nullptr) {
    throw ArgumentError(fmt::format("{}: there is no such flag", flag.name));
  }
  if (EndsThere(*option) && flag.value) {
    throw ArgumentError(
        fmt::format("{}={}: takes no value", flag.name, *flag.value));
  }
  return *option;
}

/// The value of `flag`, which may be `next`, the argument behind it. Another
/// flag is none.
std::string ArgumentParser::Impl::ValueOf(const Spelling& flag,
                                          const std::string* next) {
  if (flag.value) return *flag.value;
  const std::string takes = Find(flag).get_type_name();
  if (next == nullptr) {
    throw ArgumentError(
        fmt::format("{}: takes {} behind it", flag.name, takes));
  }
  if (LooksLikeFlag(*next)) {
    throw ArgumentError(
        fmt::format("{0}: takes {1}, and {2} looks like another flag (if it is "
                    "the value: {0}={2})",
                    flag.name, takes, *next));
  }
  return *next;
}

/// `arguments` with each flag's value in a word of its own. CLI11 would take
/// the next flag for a value that is empty or not there, and the sign of
/// equality behind a short flag for a part of the value; what it says of a flag
/// that is given twice does not help who gave it.
std::vector<std::string> ArgumentParser::Impl::Words(
    const std::vector<std::string>& arguments) {
  std::vector<std::string> words;
  std::set<const CLI::Option*> given;
  for (auto argument = arguments.begin(); argument != arguments.end();
       ++argument) {
    if (argument->empty()) throw ArgumentError("an argument is empty");
    // What stands behind `--` is no flag.
    if (*argument == "--") {
      words.insert(words.end(), argument, arguments.end());
      break;
    }
    if (!LooksLikeFlag(*argument)) {
      words.push_back(*argument);
      continue;
    }
    const Spelling flag(*argument);
    const CLI::Option& option = Find(flag);
    if (!given.insert(&option).second && !IsList(option) &&
        !repeated.contains(flag.name)) {
      throw ArgumentError(
          fmt::format("{}: is given twice, once is enough", flag.name));
    }
    if (EndsThere(option)) {
      words.push_back(flag.name);
    } else if (optional_texts.contains(flag.name)) {
      if (flag.value == "") {
        throw ArgumentError(fmt::format(
            "{}=: takes no value or one that is not empty", flag.name));
      }
      words.push_back(*argument);
    } else if (IsSwitch(option)) {
      words.push_back(flag.name + "=" + SwitchValue(flag));
    } else {
      const auto next = argument + 1;
      const std::string value =
          ValueOf(flag, next == arguments.end() ? nullptr : &*next);
      if (IsList(option)) CheckListed(flag.name, value);
      if (repeated.contains(flag.name)) {
        // In one word, as it may be flags itself; CLI11 takes an empty one for
        // none.
        words.push_back(
            fmt::format("{}={}", flag.name, value.empty() ? " " : value));
      } else {
        words.insert(words.end(), {flag.name, value});
      }
      if (!flag.value) argument = next;
    }
  }
  return words;
}

ArgumentParser::ArgumentParser(const std::string& program,
                               const std::string& description)
    : impl_(std::make_unique<Impl>(program, description)) {}

ArgumentParser::~ArgumentParser() = default;

void ArgumentParser::AddText(const std::string& name, std::string& value,
                             const std::string& help, const std::string& type) {
  const CLI::Option* const option =
      impl_->app.add_option(name, value)->type_name(type);
  impl_->Describe(*option, help, value);
}

void ArgumentParser::AddOptionalText(const std::string& name,
                                     std::string& value,
                                     const std::string& help) {
  impl_->Describe(*impl_->app.add_flag(name, value), help);
  impl_->optional_texts.insert(name);
}

void ArgumentParser::AddName(const std::string& name, std::string& value,
                             const std::string& help, const std::string& type) {
  const CLI::Validator named(
      [](const std::string& text) {
        return text.empty() ? "names nothing" : std::string();
      },
      "");
  const CLI::Option* const option =
      impl_->app.add_option(name, value)->type_name(type)->check(named);
  impl_->Describe(*option, help, value);
}

void ArgumentParser::AddNumber(const std::string& name, std::size_t& value,
                               const std::string& help) {
  const CLI::Validator whole(
      [](const std::string& text) {
        return ParseNumber<std::size_t>(text)
                   ? std::string()
                   : fmt::format("'{}' is no whole number", text);
      },
      "");
  const CLI::Option* const option =
      impl_->app.add_option(name, value)->type_name("NUMBER")->check(whole);
  impl_->Describe(*option, help, std::to_string(value));
}

void ArgumentParser::AddChoice(const std::string& name, std::string& value,
                               const std::vector<std::string>& choices,
                               const std::string& help) {
  const std::string list = fmt::format("{}", fmt::join(choices, ", "));
  const CLI::Validator chosen(
      [choices, list](const std::string& text) {
        return Contains(choices, text)
                   ? std::string()
                   : fmt::format("'{}' is none of {}", text, list);
      },
      "");
  const CLI::Option* const option =
      impl_->app.add_option(name, value)->type_name("CHOICE")->check(chosen);
  impl_->Describe(*option, help, value);
}

void ArgumentParser::AddList(const std::string& name,
                             std::vector<std::string>& values,
                             const std::string& help, const std::string& type) {
  const CLI::Option* const option =
      impl_->app.add_option(name, values)->delimiter(',')->type_name(type);
  impl_->Describe(*option, help);
}

void ArgumentParser::AddRepeated(const std::string& name,
                                 std::vector<std::string>& values,
                                 const std::string& help,
                                 const std::string& type) {
  CLI::Option* const option =
      impl_->app
          .add_option_function<std::string>(
              name,
              [&values](const std::string& value) { values.push_back(value); })
          ->trigger_on_parse()
          ->type_name(type);
  impl_->Describe(*option, help);
  impl_->repeated.insert(name);
}

void ArgumentParser::AddSwitch(const std::string& name, bool& value,
                               const std::string& help) {
  impl_->Describe(*impl_->app.add_flag(name, value), help);
}

void ArgumentParser::AddFile(const std::string& name, std::string& file,
                             const std::string& help) {
  impl_->Describe(*impl_->app.add_option(name, file), help);
  impl_->usage += fmt::format(" [{}]", name);
}

void ArgumentParser::AddFiles(const std::string& name,
                              std::vector<std::string>& files,
                              const std::string& help, std::size_t fewest) {
  impl_->Describe(*impl_->app.add_option(name, files)->required(fewest > 0),
                  help);
  impl_->usage +=
      fmt::format(fmt::runtime(fewest > 0 ? " {}..." : " [{}...]"), name);
}

void ArgumentParser::AddSection(const std::string& title) {
  impl_->flags += fmt::format("\n{}:\n", title);
}

void ArgumentParser::AddTable(const std::string& title, const Table& table) {
  (impl_->has_flags ? impl_->back : impl_->front) += TableText(title, table);
}

bool ArgumentParser::Parse(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = impl_->Words(arguments);
  // It takes them from the back.
  std::reverse(words.begin(), words.end());
  try {
    impl_->app.parse(words);
  } catch (const CLI::CallForHelp&) {
    return false;
  } catch (const CLI::CallForVersion&) {
    impl_->version_wanted = true;
    return false;
  } catch (const CLI::ExtrasError&) {
    throw ArgumentError(fmt::format("{}: nothing is taken here without a flag",
                                    impl_->app.remaining().front()));
  } catch (const CLI::ParseError& error) {
    throw ArgumentError(error.what());
  }
  return true;
}

bool ArgumentParser::Given(const std::string& name) const {
  return impl_->app.count(name) > 0;
}

std::string ArgumentParser::Help() const {
  return impl_->version_wanted ? VersionLine(impl_->program) : impl_->Help();
}

}  // namespace hybrid
