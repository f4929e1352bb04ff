#include "analysis/answer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "analysis/statistics.h"

namespace hybrid {
namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();

GroupKey KeyOf(const Row& row) {
  return {
      row.host, row.usable_cores, row.operation,      row.data,    row.collect,
      row.pin,  row.blis_version, row.blis_threading, row.kernels, row.n,
      row.batch};
}

using SplitRows = std::map<Split, std::vector<const Row*>>;

/// The groups in the order of their first rows.
class Groups {
 public:
  void Add(const GroupKey& key, const Row& row) {
    auto place = std::find_if(groups_.begin(), groups_.end(),
                              [&](const auto& g) { return g.first == key; });
    if (place == groups_.end()) {
      place = groups_.insert(place, {key, SplitRows()});
    }
    place->second[{row.workers, row.blas_threads}].push_back(&row);
  }

  /// A worker that failed early reported no kernels: its row counts wherever
  /// the rest of the key fits.
  void AddWithoutKernels(const Row& row) {
    bool added = false;
    for (auto& [key, splits] : groups_) {
      GroupKey other = key;
      other.blis_version.clear();
      other.blis_threading.clear();
      other.kernels.clear();
      if (other != KeyOf(row)) continue;
      splits[{row.workers, row.blas_threads}].push_back(&row);
      added = true;
    }
    if (!added) Add(KeyOf(row), row);
  }

  const auto& all() const { return groups_; }

 private:
  std::vector<std::pair<GroupKey, SplitRows>> groups_;
};

/// By status, then by time or rate, then by the split so that order is certain.
bool RanksBefore(const SplitResult& a, const SplitResult& b) {
  const auto rank = [](const SplitResult& result) {
    return std::tuple(result.status, result.median_s.value_or(0),
                      -result.tasks_per_s.value_or(0), result.split);
  };
  return rank(a) < rank(b);
}

bool HasRate(const SplitResult& result) {
  return result.tasks_per_s.value_or(0) > 0;
}

std::optional<double> Slowdown(const SplitResult& best,
                               const SplitResult& other) {
  if (best.median_s && other.median_s) return *other.median_s / *best.median_s;
  if (!HasRate(best) || !HasRate(other)) return std::nullopt;
  return *best.tasks_per_s / *other.tasks_per_s;
}

void Judge(const SplitResult& best, SplitResult& other) {
  if (other.status == SplitStatus::kFailed) return;
  other.slowdown = Slowdown(best, other);
  if (other.status != best.status || !other.slowdown) return;  // capped
  const bool completed = best.status == SplitStatus::kOk;
  other.p_value = completed ? WelchOnLogs(best.samples, other.samples)
                            : WelchOnLogs(best.rates, other.rates);
  if (!other.p_value) {
    other.verdict = Verdict::kCannotTell;
  } else if (*other.p_value < kTieProbability) {
    other.verdict = Verdict::kLoser;
  } else {
    other.verdict =
        *other.slowdown <= kTieMargin ? Verdict::kTie : Verdict::kTooNoisy;
  }
}

Gain GainOver(const char* name, Split split, const Answer& answer) {
  Gain gain;
  gain.base = name;
  gain.split = split;
  const SplitResult& best = *answer.best();
  const auto base =
      std::find_if(answer.splits.begin(), answer.splits.end(),
                   [&](const SplitResult& r) { return r.split == split; });
  if (base == answer.splits.end()) return gain;
  if (base->status == SplitStatus::kFailed) {
    gain.kind = Gain::Kind::kFailed;
  } else if (base->median_s && best.median_s) {
    gain.kind = Gain::Kind::kMeasured;
    gain.ratio = *base->median_s / *best.median_s;
  } else if (best.median_s && base->capped_s.value_or(0) > *best.median_s) {
    // A batch that didn't complete takes longer than the time it was given.
    // Its rate would say more, but supposes that it would have gone on so.
    gain.kind = Gain::Kind::kMoreThan;
    gain.ratio = *base->capped_s / *best.median_s;
  } else if (base->slowdown) {
    gain.kind = Gain::Kind::kByRate;
    gain.ratio = *base->slowdown;
  }
  return gain;
}

Answer AnswerFor(const GroupKey& key, const SplitRows& rows) {
  Answer answer;
  answer.key = key;
  for (const auto& [split, split_rows] : rows) {
    answer.splits.push_back(PoolRows(split_rows));
  }
  auto& splits = answer.splits;
  std::sort(splits.begin(), splits.end(), RanksBefore);
  SplitResult& first = splits.front();
  if (first.status == SplitStatus::kFailed) return answer;
  answer.ranked_by_rate = first.status == SplitStatus::kCapped;
  if (answer.ranked_by_rate && !HasRate(first)) return answer;
  first.verdict = Verdict::kBest;
  first.slowdown = 1;
  for (std::size_t i = 1; i < splits.size(); ++i) Judge(first, splits[i]);

  const std::uint64_t cores = key.usable_cores;
  answer.gains.push_back(GainOver("1 × 1", {1, 1}, answer));
  if (cores > 1) {
    answer.gains.push_back(GainOver("cores × 1", {cores, 1}, answer));
    answer.gains.push_back(GainOver("1 × cores", {1, cores}, answer));
    answer.gains.push_back(GainOver("cores × cores", {cores, cores}, answer));
  }
  return answer;
}

}  // namespace

const SplitResult* Answer::best() const {
  const bool ranked =
      !splits.empty() && splits.front().verdict == Verdict::kBest;
  return ranked ? &splits.front() : nullptr;
}

const SplitResult* Answer::worst() const {
  const SplitResult* worst = nullptr;
  const auto slowness = [](const SplitResult& result) {
    return result.slowdown.value_or(kEndless);
  };
  for (const SplitResult& split : splits) {
    if (split.verdict != Verdict::kLoser && split.verdict != Verdict::kCapped) {
      continue;
    }
    if (worst == nullptr || slowness(split) > slowness(*worst)) worst = &split;
  }
  return worst;
}

std::vector<Answer> FindAnswers(std::span<const Row> rows) {
  Groups groups;
  const auto lacks_kernels = [](const Row& row) {
    return row.status == kStatusError && row.kernels.empty();
  };
  for (const Row& row : rows) {
    if (row.family == "Hybrid" && !lacks_kernels(row)) {
      groups.Add(KeyOf(row), row);
    }
  }
  for (const Row& row : rows) {
    if (row.family == "Hybrid" && lacks_kernels(row)) {
      groups.AddWithoutKernels(row);
    }
  }
  std::vector<Answer> answers;
  for (const auto& [key, splits] : groups.all()) {
    answers.push_back(AnswerFor(key, splits));
  }
  return answers;
}

}  // namespace hybrid
