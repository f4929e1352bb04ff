#include "base/argument_parser.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace hybrid {

struct ArgumentParser::Impl {
  Impl(const std::string& program, const std::string& description)
      : app(description, program) {
    app.set_help_flag("--help,-h", "Print this and exit");
  }

  CLI::App app;
};

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
  impl_->app.add_option(name, value, help)->capture_default_str();
}

void ArgumentParser::AddChoice(const std::string& name, std::string& value,
                               const std::vector<std::string>& choices,
                               const std::string& help) {
  impl_->app.add_option(name, value, help)
      ->check(CLI::IsMember(choices))
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
  std::vector<std::string> words;
  for (const std::string& argument : arguments) {
    if (argument.starts_with("--") &&
        argument.find('=') == argument.size() - 1) {
      // CLI11 would take the next argument for the value.
      words.push_back(argument.substr(0, argument.size() - 1));
      words.emplace_back();
    } else {
      words.push_back(argument);
    }
  }
  // It takes them from the back.
  std::reverse(words.begin(), words.end());
  try {
    impl_->app.parse(words);
  } catch (const CLI::CallForHelp&) {
    return false;
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
