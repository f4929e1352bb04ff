#include "worker/program_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "base/parse_number.h"
#include "base/text.h"

namespace hybrid {
namespace {

[[noreturn]] void RefuseLine(std::string_view line, std::string_view wanted) {
  constexpr std::size_t kShown = 100;
  throw std::runtime_error(fmt::format(
      "said '{}{}' where `{}` was due", OneLine(line.substr(0, kShown)),
      line.size() > kShown ? "…" : "", wanted));
}

/// Takes the first word off `rest`; empty at its end.
std::string_view TakeWord(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(word.size());
  return word;
}

/// Calls `visit(key, value)` for each `key=value` of `rest`.
template <typename Visitor>
void ForEachPair(std::string_view rest, const Visitor& visit) {
  while (true) {
    const std::string_view word = TakeWord(rest);
    if (word.empty()) return;
    const std::size_t sign = word.find('=');
    if (sign == std::string_view::npos) continue;
    visit(word.substr(0, sign), word.substr(sign + 1));
  }
}

}  // namespace

std::optional<std::string_view> BehindWord(std::string_view line,
                                           std::string_view word) {
  if (!line.starts_with(word)) return std::nullopt;
  line.remove_prefix(word.size());
  if (line.empty()) return line;
  if (line.front() != ' ') return std::nullopt;
  return line.substr(1);
}

bool IsReadyLine(std::string_view line) {
  return BehindWord(line, "ready").has_value();
}

ReadyLine ParseReady(std::string_view line) {
  constexpr std::string_view kWanted = "ready hybridbench=1";
  const auto rest = BehindWord(line, "ready");
  if (!rest) RefuseLine(line, kWanted);
  ReadyLine ready;
  bool has_version = false;
  ForEachPair(*rest, [&](std::string_view key, std::string_view value) {
    if (key == "hybridbench") {
      has_version = ParseNumber<std::uint64_t>(value) == kLinesVersion;
    } else if (key == "blas") {
      ready.blas = value;
    } else if (key == "threads") {
      ready.threads = ParseNumber<std::uint64_t>(value).value_or(0);
    } else if (key == "flops") {
      const auto flops = ParseNumber<double>(value);
      if (!flops || !std::isfinite(*flops) || *flops <= 0) {
        RefuseLine(line, "ready hybridbench=1 flops=NUMBER");
      }
      ready.flops = *flops;
    } else if (key == "verify") {
      ready.verifies = value == "yes";
    } else if (key == "lanes") {
      const auto lanes = ParseNumber<std::uint64_t>(value);
      if (!lanes || *lanes == 0) {
        RefuseLine(line, "ready hybridbench=1 lanes=COUNT");
      }
      ready.lanes = *lanes;
    }
  });
  if (!has_version) RefuseLine(line, kWanted);
  return ready;
}

DoneLine ParseDone(std::string_view line) {
  constexpr std::string_view kWanted = "done COUNT";
  auto rest = BehindWord(line, "done");
  if (!rest) RefuseLine(line, kWanted);
  const auto count = ParseNumber<std::uint64_t>(TakeWord(*rest));
  if (!count) RefuseLine(line, kWanted);
  DoneLine done{.count = *count, .operate_ns = {}};
  ForEachPair(*rest, [&](std::string_view key, std::string_view value) {
    const bool is_time = key == "load" || key == "operate" || key == "max";
    if (!is_time) return;
    const auto time_ns = ParseNumber<std::int64_t>(value);
    if (!time_ns || *time_ns < 0) {
      RefuseLine(line, "done COUNT load=NS operate=NS max=NS");
    }
    if (key == "load") done.load_ns = *time_ns;
    if (key == "operate") done.operate_ns = *time_ns;
    if (key == "max") done.max_ns = *time_ns;
  });
  return done;
}

VerifiedLine ParseVerified(std::string_view line) {
  constexpr std::string_view kWanted = "verified TASK ok";
  auto rest = BehindWord(line, "verified");
  if (!rest) RefuseLine(line, kWanted);
  const auto task = ParseNumber<std::uint64_t>(TakeWord(*rest));
  const std::string_view verdict = TakeWord(*rest);
  if (!task || (verdict != "ok" && verdict != "wrong")) {
    RefuseLine(line, kWanted);
  }
  if (!rest->empty()) rest->remove_prefix(1);
  return {*task, verdict == "ok", std::string(*rest)};
}

}  // namespace hybrid
