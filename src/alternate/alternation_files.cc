#include "alternate/alternation_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "alternate/alternation_error.h"
#include "base/json.h"
#include "base/json_text.h"
#include "base/replace_file.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

Json ContenderJson(const Program& program) {
  return {{"executable", program.contender().executable},
          {"flags", JsonArrayOf(program.contender().flags)}};
}

std::string ReadText(const std::string& file) {
  const std::optional<std::string> text = text_file::Read(file);
  if (!text) throw AlternationError(fmt::format("{}: can't be read", file));
  return *text;
}

void Replace(const std::string& file, std::string_view text) {
  try {
    ReplaceFile(file, text);
  } catch (const std::system_error& error) {
    throw AlternationError(error.what());
  }
}

std::string StringIn(const Json& json, std::string_view name) {
  const auto& text = json.at(name).as_string();
  return {text.data(), text.size()};
}

Json NamesJson(const std::vector<BenchmarkNames>& names) {
  JsonArray all;
  for (const BenchmarkNames& one : names) {
    all.push_back(
        {{"baseline", one.baseline}, {"new", one.now}, {"id", one.id}});
  }
  return all;
}

}  // namespace

AlternationFiles::AlternationFiles(std::string folder, const Program& baseline,
                                   const Program& now)
    : folder_(std::move(folder)),
      kind_(now.kind()),
      programs_(JsonText(Json{{"baseline", ContenderJson(baseline)},
                              {"new", ContenderJson(now)}})) {
  baseline_side_.file = fmt::format("{}/baseline.{}", folder_, kind_.suffix());
  now_side_.file = fmt::format("{}/new.{}", folder_, kind_.suffix());
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
    SaveRecord();
  }
}

void AlternationFiles::Open(const std::string& record) {
  try {
    const Json json = ParseJson(ReadText(record));
    if (JsonText(json.at("programs")) != programs_) {
      throw AlternationError(fmt::format(
          "{}: holds rounds of other programs or flags; give --into another "
          "folder",
          folder_));
    }
    for (const Json& one : json.at("benchmarks").as_array()) {
      names_.push_back({StringIn(one, "baseline"), StringIn(one, "new"),
                        StringIn(one, "id")});
    }
    // The first round is whole when it is known what belongs together.
    if (names_.empty()) return;
    OpenSide(json.at("baseline"), baseline_side_);
    OpenSide(json.at("new"), now_side_);
  } catch (const AlternationError&) {
    throw;
  } catch (const std::exception&) {
    throw AlternationError(fmt::format(
        "{}: is none that --run wrote; give --into another folder", record));
  }
}

void AlternationFiles::OpenSide(const Json& record, Side& side) const {
  const JsonArray& bodies_bytes = record.at("round_bytes").as_array();
  if (bodies_bytes.empty()) return;
  const std::string text = ReadText(side.file);
  std::size_t at = 0;
  const auto take = [&](const Json& bytes) {
    const auto count = bytes.to_number<std::size_t>();
    if (count > text.size() - at) {
      throw AlternationError(fmt::format(
          "{}: has lost some of its rounds; give --into another folder",
          side.file));
    }
    return text.substr(std::exchange(at, at + count), count);
  };
  side.head = take(record.at("head_bytes"));
  for (const Json& bytes : bodies_bytes) {
    if (!side.bodies.empty()) {
      at = std::min(text.size(), at + kind_.between().size());
    }
    side.bodies.push_back(take(bytes));
  }
  // What is behind is of a round that was not finished.
  const std::string whole = TextOf(side);
  if (text != whole) Replace(side.file, whole);
}

std::string AlternationFiles::TextOf(const Side& side) const {
  std::string text = side.head;
  for (const std::string& body : side.bodies) {
    if (&body != &side.bodies.front()) text += kind_.between();
    text += body;
  }
  return text.append(kind_.end());
}

void AlternationFiles::SaveRecord() const {
  const auto side_json = [](const Side& side) {
    JsonArray bytes;
    for (const std::string& body : side.bodies) bytes.push_back(body.size());
    return Json{{"head_bytes", side.head.size()}, {"round_bytes", bytes}};
  };
  Replace(folder_ + "/rounds.json",
          JsonText(Json{{"programs", ParseJson(programs_)},
                        {"benchmarks", NamesJson(names_)},
                        {"baseline", side_json(baseline_side_)},
                        {"new", side_json(now_side_)}}) +
              '\n');
}

std::string AlternationFiles::RoundOf(const Side& side,
                                      std::size_t round) const {
  return fmt::format("{}{}{}", side.head, side.bodies.at(round), kind_.end());
}

std::string AlternationFiles::BaselineRound(std::size_t round) const {
  return RoundOf(baseline_side_, round);
}

std::string AlternationFiles::NowRound(std::size_t round) const {
  return RoundOf(now_side_, round);
}

std::string AlternationFiles::ProcessFile(bool is_baseline) const {
  return fmt::format("{}/process-of-{}.{}", folder_,
                     is_baseline ? "baseline" : "new", kind_.suffix());
}

std::string AlternationFiles::Join(std::span<const std::string> texts,
                                   Side& side) const {
  std::string joined;
  for (const std::string& text : texts) {
    FileParts parts = kind_.Split({side.file, text}, rounds());
    if (side.head.empty()) side.head = std::move(parts.head);
    if (kind_.HeadsAreTheSame() && !parts.head.empty() &&
        parts.head != side.head) {
      throw AlternationError(fmt::format(
          "{}: has other columns than the rounds before; was its program "
          "built anew? Give --into another folder",
          side.file));
    }
    if (!joined.empty() && !parts.body.empty()) joined += kind_.between();
    joined += parts.body;
  }
  if (joined.empty()) {
    throw AlternationError(
        fmt::format("{}: nothing was measured in this round", side.file));
  }
  return joined;
}

void AlternationFiles::AddRound(std::span<const std::string> baseline,
                                std::span<const std::string> now) {
  std::string before = Join(baseline, baseline_side_);
  std::string after = Join(now, now_side_);
  baseline_side_.bodies.push_back(std::move(before));
  now_side_.bodies.push_back(std::move(after));
  Replace(baseline_side_.file, TextOf(baseline_side_));
  Replace(now_side_.file, TextOf(now_side_));
  SaveRecord();
}

void AlternationFiles::SetNames(std::vector<BenchmarkNames> names) {
  names_ = std::move(names);
  SaveRecord();
}

}  // namespace hybrid
