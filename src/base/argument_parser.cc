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

}  // namespace

struct ArgumentParser::Impl {
  Impl(const std::string& program, const std::string& description)
      : app(description, program) {
    app.set_help_flag("--help,-h", "Print this and exit");
  }

  std::vector<std::string> Words(const std::vector<std::string>& arguments);
  std::string ValueOf(const Spelling& flag, const std::string* next);
  const CLI::Option& Find(const Spelling& flag);

  CLI::App app;
  std::set<std::string> optional_texts;  // whose value may be left out
};

const CLI::Option& ArgumentParser::Impl::Find(const Spelling& flag) {
  const CLI::Option* const option = app.get_option_no_throw(flag.name);
  if (option == nullptr) {
    throw ArgumentError(fmt::format("{}: there is no such flag", flag.name));
  }
  if (option == app.get_help_ptr() && flag.value) {
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
    if (!given.insert(&option).second && !IsList(option)) {
      throw ArgumentError(
          fmt::format("{}: is given twice, once is enough", flag.name));
    }
    if (&option == app.get_help_ptr()) {
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
      words.insert(words.end(), {flag.name, value});
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
  impl_->app.add_option(name, value, help)
      ->type_name(type)
      ->capture_default_str();
}

void ArgumentParser::AddOptionalText(const std::string& name,
                                     std::string& value,
                                     const std::string& help) {
  impl_->app.add_flag(name, value, help);
  impl_->optional_texts.insert(name);
}

void ArgumentParser::AddName(const std::string& name, std::string& value,
                             const std::string& help) {
  const CLI::Validator named(
      [](const std::string& text) {
        return text.empty() ? "names nothing" : std::string();
      },
      "");
  impl_->app.add_option(name, value, help)->capture_default_str()->check(named);
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
  impl_->app.add_option(name, value, help)->capture_default_str()->check(whole);
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
  impl_->app.add_option(name, value, help)
      ->check(chosen)
      ->capture_default_str();
}

void ArgumentParser::AddList(const std::string& name,
                             std::vector<std::string>& values,
                             const std::string& help) {
  impl_->app.add_option(name, values, help)->delimiter(',');
}

void ArgumentParser::AddSwitch(const std::string& name, bool& value,
                               const std::string& help) {
  impl_->app.add_flag(name, value, help);
}

void ArgumentParser::AddFile(const std::string& name, std::string& file,
                             const std::string& help) {
  impl_->app.add_option(name, file, help);
}

void ArgumentParser::AddFiles(const std::string& name,
                              std::vector<std::string>& files,
                              const std::string& help) {
  impl_->app.add_option(name, files, help)->required();
}

void ArgumentParser::SetFooter(const std::string& text) {
  impl_->app.footer(text);
}

bool ArgumentParser::Parse(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = impl_->Words(arguments);
  // It takes them from the back.
  std::reverse(words.begin(), words.end());
  try {
    impl_->app.parse(words);
  } catch (const CLI::CallForHelp&) {
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

std::string ArgumentParser::Help() const { return impl_->app.help(); }

}  // namespace hybrid
