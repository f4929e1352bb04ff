#include "key/key_text.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <stdexcept>

#include "base/parse_number.h"

namespace hybrid {
namespace {

/// Whether texts leave a part out: of a command nobody may have said an n, and
/// most parts that are empty are empty for all operations but one.
bool IsLeftOut(const KeyPart& part, const std::string& value) {
  return value.empty() || (part.column == "n" && value == "0");
}

/// `Hybrid/gemm`, `Tutorial/processes`, as benchmarks are called.
std::string BenchmarkText(const Key& key, bool all) {
  std::string name(Name(key.family));
  if (!key.variant.empty()) name += "/" + key.variant;
  std::string options;
  // The tutorial's and the overhead's benchmarks are what their variant says.
  const bool swept = key.variant.empty();
  ForEachKey(key, [&](const KeyPart& part, const auto& field) {
    const std::string value = KeyValue(field);
    if (IsLeftOut(part, value)) return;
    switch (part.role) {
      case KeyRole::kName:
        if (part.column == "operation" && (swept || all)) name += "/" + value;
        break;
      case KeyRole::kAlways:
      case KeyRole::kSplit:
        if ((swept || all) && value != part.usual)
          name += fmt::format("/{}:{}", part.label, value);
        break;
      case KeyRole::kOption:
        if (all || (swept && value != part.usual)) {
          options += fmt::format("/{}:{}", part.label, value);
        }
        break;
      case KeyRole::kSeed:
        break;
    }
  });
  // These differ by nothing else.
  if (!swept && key.family == Family::kOverhead && !all) {
    name += fmt::format("/workers:{}", key.workers);
  }
  return name + options;
}

std::string ShortText(const Key& key, bool with_split) {
  std::string text;
  if (key.family != Family::kHybrid) {
    text = Name(key.family);
    if (!key.variant.empty()) text += "/" + key.variant;
    text += " ";
  }
  text += key.command.empty() ? key.operation
                              : ShortValue(kCommandOperation, key.command);
  std::string options;
  ForEachKey(key, [&](const KeyPart& part, const auto& field) {
    const std::string value = KeyValue(field);
    if (IsLeftOut(part, value)) return;
    if (part.role == KeyRole::kAlways) {
      text += fmt::format(" {}={}", part.label, value);
    } else if (part.role == KeyRole::kOption) {
      // It stands in front, in the place of the operation.
      if (part.column == kCommandOperation || value == part.usual) return;
      options +=
          fmt::format(" {}={}", part.label, ShortValue(part.column, value));
    }
  });
  if (with_split) text += fmt::format(" {}", SplitText(key.split()));
  return text + options;
}

/// The beginning of what is longer than `most` bytes, no character cut.
std::string Beginning(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return fmt::format("{}…", text.substr(0, end));
}

template <typename Field>
[[noreturn]] void Reject(const KeyPart& part, const Field& text) {
  throw std::invalid_argument(
      fmt::format("'{}' is no value of {}", text, part.column));
}

void ParsePart(const KeyPart&, std::string_view text, std::string& field) {
  field = text;
}

void ParsePart(const KeyPart& part, std::string_view text,
               std::uint64_t& field) {
  const auto value = ParseNumber<std::uint64_t>(text);
  if (!value) Reject(part, text);
  field = *value;
}

template <Named Enum>
void ParsePart(const KeyPart& part, std::string_view text, Enum& field) {
  const std::optional<Enum> value = ByName<Enum>(text);
  if (!value) Reject(part, text);
  field = *value;
}

}  // namespace

std::string KeyValue(const std::string& value) { return value; }
std::string KeyValue(std::uint64_t value) { return fmt::format("{}", value); }

std::string TasksText(const Key& key, std::string_view between) {
  std::string text;
  ForEachKey(key, [&](const KeyPart& part, const auto& field) {
    const std::string value = KeyValue(field);
    if (part.role != KeyRole::kAlways || IsLeftOut(part, value)) return;
    text +=
        fmt::format("{}{}={}", text.empty() ? "" : between, part.label, value);
  });
  return text;
}

std::string SplitText(const Split& split) {
  std::string text = fmt::format("{}×{}", split.workers, split.blas_threads);
  if (split.host_count > 1) {
    text = fmt::format("{} hosts × {}", split.host_count, text);
  }
  return split.engine == Engine::kProcesses
             ? text
             : fmt::format("{} {}", text, Name(split.engine));
}

std::string KeyText(const Key& key, KeyStyle style) {
  switch (style) {
    case KeyStyle::kBenchmark:
      return BenchmarkText(key, false);
    case KeyStyle::kFull:
      return BenchmarkText(key, true);
    case KeyStyle::kShort:
      return ShortText(key, true);
    case KeyStyle::kGroup:
      break;
  }
  return ShortText(key, false);
}

std::string LastNames(const std::string& path, int names) {
  std::size_t begin = path.size();
  for (; names > 0 && begin != 0 && begin != std::string::npos; --names) {
    begin = path.rfind('/', begin - 1);
  }
  return begin == 0 || begin == std::string::npos
             ? path
             : fmt::format("…{}", path.substr(begin));
}

std::string ShortValue(std::string_view column, const std::string& value) {
  constexpr std::size_t kMostOfCommand = 60;
  if (column == kCommandOperation) return Beginning(value, kMostOfCommand);
  return column == "blas" ? LastNames(value, 2) : value;
}

std::string EncodeKey(const Key& key) {
  std::string text;
  ForEachKey(key, [&text](const KeyPart&, const auto& field) {
    text += KeyValue(field) + '\n';
  });
  return text;
}

Key ParseKey(std::string_view text) {
  Key key;
  ForEachKey(key, [&text](const KeyPart& part, auto& field) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) Reject(part, text);
    ParsePart(part, text.substr(0, end), field);
    text.remove_prefix(end + 1);
  });
  return key;
}

}  // namespace hybrid
