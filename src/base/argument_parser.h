#ifndef HYBRID_BASE_ARGUMENT_PARSER_H_
#define HYBRID_BASE_ARGUMENT_PARSER_H_

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace hybrid {

/// A command line that can't be taken; what() is one line that names the
/// argument.
class ArgumentError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The command line of a program: its flags, the files that stand alone,
/// --help and --version. It is CLI11, which is compiled here once for all
/// programs. What is added has to outlive Parse, which writes to it; the value
/// it has when it is added is the default that --help shows.
class ArgumentParser {
 public:
  /// Lines of --help: what stands on the left, and what that means.
  using Table = std::vector<std::pair<std::string, std::string>>;

  ArgumentParser(const std::string& program, const std::string& description);
  ArgumentParser(const ArgumentParser&) = delete;
  ArgumentParser& operator=(const ArgumentParser&) = delete;
  ~ArgumentParser();

  /// A flag with a text, `--name VALUE` or `--name=VALUE`; `type` is how --help
  /// calls the value.
  void AddText(const std::string& name, std::string& value,
               const std::string& help, const std::string& type = "TEXT");
  /// A flag with or without a text, `--name=VALUE` or `--name`, which is
  /// `--name=true`.
  void AddOptionalText(const std::string& name, std::string& value,
                       const std::string& help);
  /// A flag with a text that must not be empty.
  void AddName(const std::string& name, std::string& value,
               const std::string& help, const std::string& type = "FILE");
  /// A flag with a whole number.
  void AddNumber(const std::string& name, std::size_t& value,
                 const std::string& help);
  /// A flag with one of `choices`.
  void AddChoice(const std::string& name, std::string& value,
                 const std::vector<std::string>& choices,
                 const std::string& help);
  /// A flag with texts, `--name=a,b`.
  void AddList(const std::string& name, std::vector<std::string>& values,
               const std::string& help, const std::string& type = "LIST");
  /// A flag with a text that may be given several times, once for each value;
  /// an empty one is a blank.
  void AddRepeated(const std::string& name, std::vector<std::string>& values,
                   const std::string& help, const std::string& type);
  /// A flag without a value.
  void AddSwitch(const std::string& name, bool& value, const std::string& help);
  /// A file that stands alone, without a flag's name.
  void AddFile(const std::string& name, std::string& file,
               const std::string& help);
  /// Files that stand alone, as many as there are, at least `fewest`.
  void AddFiles(const std::string& name, std::vector<std::string>& files,
                const std::string& help, std::size_t fewest = 1);
  /// Begins a section of --help: what is added from here on stands under that
  /// title, behind all other flags.
  void AddSection(const std::string& title);
  /// A table of --help under a title, such as `Examples`: in front of the flags
  /// if there are none yet, else behind them.
  void AddTable(const std::string& title, const Table& table);

  /// Reads `arguments`, which are without the program's name. False if --help
  /// or --version is among them; Help is what to print then. Throws
  /// ArgumentError, also for a flag given twice and for one whose value is
  /// missing: no flag takes another one for its value.
  bool Parse(const std::vector<std::string>& arguments);

  /// Whether Parse found the flag or file `name`.
  bool Given(const std::string& name) const;
  /// What --help prints, in lines of at most 100 columns; what --version does
  /// if Parse found that.
  std::string Help() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hybrid

#endif  // HYBRID_BASE_ARGUMENT_PARSER_H_
