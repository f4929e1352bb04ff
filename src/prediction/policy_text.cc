#include "prediction/policy_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/text.h"
#include "key/key_text.h"
#include "prediction/policy_json.h"

namespace hybrid {
namespace {

using Lines = std::vector<std::string>;

/// `text` as a comment can hold it, in C and Python: whoever wrote the result
/// file wrote parts of it, and nothing of it may end the comment.
std::string CommentText(std::string_view text) {
  constexpr std::string_view kAlso = " .,:;=+-_/()%@";
  std::string plain;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') ||
                          kAlso.find(c) != std::string_view::npos;
    // The bytes of one character make one mark.
    const bool goes_on = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (is_plain) {
      plain += c;
    } else if (!goes_on) {
      plain += '_';
    }
  }
  return plain;
}

/// "n <= 64, batch >= 4".
std::string RuleCondition(const PolicyRule& rule) {
  const std::string n =
      rule.n.low == rule.n.high
          ? fmt::format("n = {}", rule.n.low)
          : fmt::format("n = {} to {}", rule.n.low, rule.n.high);
  const std::string batch =
      rule.batch.high == kAnyBatch ? fmt::format("batch >= {}", rule.batch.low)
      : rule.batch.low == rule.batch.high
          ? fmt::format("batch = {}", rule.batch.low)
          : fmt::format("batch = {} to {}", rule.batch.low, rule.batch.high);
  return fmt::format("{}, {}", n, batch);
}

/// What stands above the function, without marks of a comment, in 74 columns.
Lines HeadLines(const Policy& policy, PolicyLanguage language) {
  constexpr std::size_t kColumns = 74;
  const GroupKey& key = policy.key;
  const auto predicted = static_cast<std::size_t>(
      std::count_if(policy.points.begin(), policy.points.end(),
                    [](const PolicyPoint& point) { return !point.measured; }));
  Lines sentences{
      fmt::format("Which split of {} between workers and BLAS threads is the "
                  "fastest for {}: written by hybrid-answer --policy={}.",
                  Counted(key.usable_cores, "core"),
                  ShortValue(kCommandOperation,
                             key.runs_command() ? key.command : key.operation),
                  Name(language)),
      fmt::format("machine: {}", policy.machine_id.empty() ? policy.key.host
                                                           : policy.machine_id),
      fmt::format("BLAS: {} {}", key.blas, key.blas_version),
      fmt::format("data: {}", Name(key.data)),
      fmt::format("measured with: {}", fmt::join(policy.conditions, ", ")),
      fmt::format("measured: {}; {} of {} predicted from neighbours",
                  policy.days, predicted,
                  Counted(policy.points.size(), "size")),
      fmt::format("left out in turn and predicted from the others: {}",
                  LeftOutText(policy.left_out))};
  if (policy.not_run > 0) {
    sentences.push_back(fmt::format(
        "a search or a budget left out {} at some sizes: it is a choice among "
        "those that ran",
        Counted(policy.not_run, "split")));
  }
  Lines lines;
  for (const std::string& sentence : sentences) {
    std::string wrapped = Wrapped("", WordsOf(CommentText(sentence)), kColumns);
    for (std::size_t begin = 0; begin < wrapped.size();) {
      const std::size_t end = wrapped.find('\n', begin);
      lines.push_back(CutTo(wrapped.substr(begin, end - begin), kColumns));
      begin = end + 1;
    }
  }
  return lines;
}

/// "n=64 batch=8: 7.02e-05 s, measured": the points of a rule.
Lines PointLines(const Policy& policy, const PolicyRule& rule) {
  Lines lines;
  for (const PolicyPoint& point : policy.points) {
    if (policy.Find(point.size) != &rule) continue;
    lines.push_back(fmt::format(
        "n={} batch={}: {}, {}", point.size.n, point.size.batch,
        point.seconds ? fmt::format("{:.3g} s", *point.seconds) : "no time",
        point.measured ? "measured" : "predicted"));
  }
  return lines;
}

/// Whether a rule is of several hosts: without, nobody needs to ask for them.
bool HasHosts(const Policy& policy) {
  return std::any_of(
      policy.rules.begin(), policy.rules.end(),
      [](const PolicyRule& rule) { return rule.split.host_count > 1; });
}

std::string PolicyC(const Policy& policy) {
  const bool has_hosts = HasHosts(policy);
  std::string text;
  bool first = true;
  for (const std::string& line : HeadLines(policy, PolicyLanguage::kC)) {
    text += fmt::format("{} {}\n", first ? "/*" : "  ", line);
    first = false;
  }
  text += R"(   Elsewhere, where nothing is known, it is 0 x 0. */
#ifndef HYBRID_SPLIT_H_
#define HYBRID_SPLIT_H_

struct hybrid_split {
  unsigned long long workers;      /* 0: not known */
  unsigned long long blas_threads; /* of each worker */
  const char *engine;              /* processes, threads or batched */
)";
  if (has_hosts) {
    text +=
        "  unsigned long long hosts;        /* with so many workers each */\n";
  }
  text += R"(};

static inline struct hybrid_split hybrid_split(unsigned long long n,
                                               unsigned long long batch) {
  static const struct {
    unsigned long long n_low, n_high, batch_low, batch_high;
    struct hybrid_split split;
  } rules[] = {
)";
  for (const PolicyRule& rule : policy.rules) {
    text += fmt::format("    /* {}: */\n", RuleCondition(rule));
    text += fmt::format(
        "    {{{}ULL, {}ULL, {}ULL, {}ULL, {{{}ULL, {}ULL, \"{}\"{}}}}},\n",
        rule.n.low, rule.n.high, rule.batch.low, rule.batch.high,
        rule.split.workers, rule.split.blas_threads, Name(rule.split.engine),
        has_hosts ? fmt::format(", {}ULL", rule.split.host_count) : "");
    for (const std::string& line : PointLines(policy, rule)) {
      text += fmt::format("    /* {} */\n", line);
    }
  }
  text += fmt::format(
      "  }};\n  const struct hybrid_split unknown = {{0, 0, \"\"{}}};\n",
      has_hosts ? ", 0" : "");
  return text + R"(  unsigned i;
  for (i = 0; i < sizeof rules / sizeof rules[0]; ++i) {
    if (rules[i].n_low <= n && n <= rules[i].n_high &&
        rules[i].batch_low <= batch && batch <= rules[i].batch_high) {
      return rules[i].split;
    }
  }
  return unknown;
}

#endif /* HYBRID_SPLIT_H_ */
)";
}

std::string PolicyPython(const Policy& policy) {
  const bool has_hosts = HasHosts(policy);
  std::string text;
  for (const std::string& line : HeadLines(policy, PolicyLanguage::kPython)) {
    text += fmt::format("# {}\n", line);
  }
  if (has_hosts)
    text += "# Behind the engine: hosts, each with so many workers.\n";
  text += R"(
_HYBRID_RULES = (
    # least and largest n, least and largest batch, split
)";
  for (const PolicyRule& rule : policy.rules) {
    text += fmt::format(
        "    ({}, {}, {}, {}, ({}, {}, \"{}\"{})),\n", rule.n.low, rule.n.high,
        rule.batch.low,
        rule.batch.high == kAnyBatch ? "float(\"inf\")"
                                     : fmt::format("{}", rule.batch.high),
        rule.split.workers, rule.split.blas_threads, Name(rule.split.engine),
        has_hosts ? fmt::format(", {}", rule.split.host_count) : "");
    for (const std::string& line : PointLines(policy, rule)) {
      text += fmt::format("    # {}\n", line);
    }
  }
  return text + R"()


def hybrid_split(n, batch):
    """(workers, blas_threads, engine) for batches of such tasks; None where
    nothing is known."""
    for n_low, n_high, batch_low, batch_high, split in _HYBRID_RULES:
        if n_low <= n <= n_high and batch_low <= batch <= batch_high:
            return split
    return None
)";
}

}  // namespace

std::string PolicyText(const Policy& policy, PolicyLanguage language) {
  switch (language) {
    case PolicyLanguage::kJson:
      return PolicyJson(policy);
    case PolicyLanguage::kC:
      return PolicyC(policy);
    case PolicyLanguage::kPython:
      break;
  }
  return PolicyPython(policy);
}

}  // namespace hybrid
