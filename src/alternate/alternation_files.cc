#include "alternate/alternation_files.h"

#include <fmt/format.h>

#include <cstdint>
#include <exception>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>

#include "base/json.h"
#include "base/json_text.h"
#include "base/replace_file.h"
#include "base/text_file.h"
#include "results/result_reader.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

Json ContenderJson(const Contender& contender) {
  return {{"executable", contender.executable},
          {"flags", JsonArrayOf(contender.flags)}};
}

std::string ReadText(const std::string& file) {
  const std::optional<std::string> text = text_file::Read(file);
  if (!text) throw AlternationError(fmt::format("{}: can't be read", file));
  return *text;
}

/// The first line, with its end.
std::string_view HeaderOf(std::string_view text) {
  return text.substr(0, std::min(text.size(), text.find('\n') + 1));
}

std::vector<Row> ReadRows(const std::string& file) {
  try {
    return ReadResultFiles(std::span(&file, 1)).rows;
  } catch (const ResultsError& error) {
    throw AlternationError(error.what());
  }
}

void Replace(const std::string& file, std::string_view text) {
  try {
    ReplaceFile(file, text);
  } catch (const std::system_error& error) {
    throw AlternationError(error.what());
  }
}

}  // namespace

AlternationFiles::AlternationFiles(std::string folder,
                                   const Contender& baseline,
                                   const Contender& now)
    : folder_(std::move(folder)),
      programs_(JsonText(Json{{"baseline", ContenderJson(baseline)},
                              {"new", ContenderJson(now)}})) {
  baseline_side_.file = folder_ + "/baseline.csv";
  now_side_.file = folder_ + "/new.csv";
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (!std::filesystem::is_directory(folder_)) {
    throw AlternationError(fmt::format("{}: is no folder and can't be made{}",
                                       folder_,
                                       error ? ": " + error.message() : ""));
  }
  const std::string record = folder_ + "/rounds.json";
  if (std::filesystem::exists(record)) {
    Open(record);
  } else if (!std::filesystem::is_empty(folder_, error)) {
    throw AlternationError(fmt::format(
        "{}: holds something else; give --into another folder", folder_));
  } else {
    Save();
  }
}

void AlternationFiles::Open(const std::string& record) {
  std::uint64_t baseline_bytes = 0;
  std::uint64_t now_bytes = 0;
  try {
    const Json json = ParseJson(ReadText(record));
    if (JsonText(json.at("programs")) != programs_) {
      throw AlternationError(fmt::format(
          "{}: holds rounds of other programs or flags; give --into another "
          "folder",
          folder_));
    }
    rounds_ = json.at("rounds").to_number<std::size_t>();
    baseline_bytes = json.at("baseline_bytes").to_number<std::uint64_t>();
    now_bytes = json.at("new_bytes").to_number<std::uint64_t>();
  } catch (const AlternationError&) {
    throw;
  } catch (const std::exception&) {
    throw AlternationError(fmt::format(
        "{}: is none that --run wrote; give --into another folder", record));
  }
  if (rounds_ == 0) return;
  for (const auto& [side, bytes] :
       {std::pair{&baseline_side_, baseline_bytes}, {&now_side_, now_bytes}}) {
    std::string text = ReadText(side->file);
    if (text.size() < bytes) {
      throw AlternationError(fmt::format(
          "{}: has lost some of its rounds; give --into another folder",
          side->file));
    }
    // What is behind is of a round that was not finished.
    side->text = text.substr(0, bytes);
    if (text.size() > bytes) Replace(side->file, side->text);
    side->rows = ReadRows(side->file);
  }
}

void AlternationFiles::Save() const {
  if (rounds_ > 0) {
    Replace(baseline_side_.file, baseline_side_.text);
    Replace(now_side_.file, now_side_.text);
  }
  Replace(folder_ + "/rounds.json",
          JsonText(Json{{"programs", ParseJson(programs_)},
                        {"rounds", rounds_},
                        {"baseline_bytes", baseline_side_.text.size()},
                        {"new_bytes", now_side_.text.size()}}) +
              '\n');
}

std::string AlternationFiles::NewRoundFile(const std::string& side) const {
  std::string file = fmt::format("{}/round-of-{}.csv", folder_, side);
  std::error_code error;
  std::filesystem::remove(file, error);
  if (error) {
    throw AlternationError(fmt::format("{}: {}", file, error.message()));
  }
  return file;
}

void AlternationFiles::Append(const std::string& csv, Side& side) const {
  const std::vector<Row> rows = ReadRows(csv);
  const std::string text = ReadText(csv);
  const std::string_view header = HeaderOf(text);
  if (!side.text.empty() && HeaderOf(side.text) != header) {
    throw AlternationError(fmt::format(
        "{}: has other columns than the rounds before; was its program built "
        "anew? Give --into another folder",
        side.file));
  }
  side.text += side.text.empty() ? std::string_view(text)
                                 : std::string_view(text).substr(header.size());
  side.rows.insert(side.rows.end(), rows.begin(), rows.end());
}

void AlternationFiles::AddRound(const std::string& baseline_csv,
                                const std::string& now_csv) {
  Append(baseline_csv, baseline_side_);
  Append(now_csv, now_side_);
  ++rounds_;
  Save();
  std::error_code ignored;
  std::filesystem::remove(baseline_csv, ignored);
  std::filesystem::remove(now_csv, ignored);
}

}  // namespace hybrid
