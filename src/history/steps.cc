#include "history/steps.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "history/jumps.h"
#include "statistics/benjamini_hochberg.h"
#include "statistics/drift.h"
#include "statistics/mann_whitney.h"
#include "statistics/samples.h"
#include "statistics/segments.h"

namespace hybrid {
namespace {

/// A cut into segments, with what decides whether it is a step.
struct Cut {
  std::size_t at = 0;  // index into the track's points
  double log_ratio = 0;
  bool large = false;  // beyond threshold and noise floor
  double repetitions_p = 1;
  double runs_p = 1;
  double adjusted_p = 1;
};

/// The points of one series that have a level: neither capped nor outliers.
struct Track {
  std::size_t series = 0;
  std::vector<const Point*> points;
  std::vector<double> logs;    // of the typical repetition of each
  std::vector<double> floors;  // those of the points' runs that have one
  std::vector<Step> outliers;
  std::optional<Segmentations> segmentations;
  std::vector<Cut> cuts;
};

/// The mean logarithm without the fastest and the slowest quarter: as robust as
/// needed, and it scatters less than the median of a few repetitions.
double TypicalLog(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  const std::size_t outside = samples.size() / 4;
  double sum = 0;
  for (std::size_t i = outside; i < samples.size() - outside; ++i) {
    sum += std::log(samples[i]);
  }
  return sum / static_cast<double>(samples.size() - 2 * outside);
}

/// The smallest ratio, as a logarithm, that is more than noise.
double LeastLogRatio(const Track& track, const StepSettings& settings) {
  const double floor = Median(track.floors).value_or(0);
  return std::log1p(std::max(settings.threshold, floor));
}

/// The noise floor of one run at order `n`, of whatever host it ran on.
std::optional<double> FloorOf(const HistoryRun& run, std::uint64_t n) {
  const std::optional<NoiseFloor> floor = FloorFor(run.floors, run.host, n);
  if (!floor) return std::nullopt;
  return floor->floor;
}

void SetAsideOutliers(Track& track, double least) {
  for (const std::size_t i : FindOutliers(track.logs, least)) {
    Step step;
    step.kind = StepKind::kOutlierRun;
    step.series = track.series;
    step.run = track.points[i]->run;
    step.run_before = track.points[i - 1]->run;
    const std::vector<double> around = {track.logs[i - 1], track.logs[i + 1]};
    step.ratio = std::exp(track.logs[i] - *Median(around));
    track.outliers.push_back(step);
  }
  for (std::size_t i = track.outliers.size(); i > 0; --i) {
    const auto place = std::find_if(
        track.points.begin(), track.points.end(), [&](const Point* point) {
          return point->run == track.outliers[i - 1].run;
        });
    track.logs.erase(track.logs.begin() + (place - track.points.begin()));
    track.points.erase(place);
  }
}

Track MakeTrack(std::span<const HistoryRun> runs, const Series& series,
                std::size_t index, const StepSettings& settings) {
  Track track;
  track.series = index;
  for (const Point& point : series.points) {
    if (!point.median_s) continue;
    track.points.push_back(&point);
    track.logs.push_back(TypicalLog(point.samples));
    const auto floor = FloorOf(runs[point.run], series.key.n);
    if (floor) track.floors.push_back(*floor);
  }
  SetAsideOutliers(track, LeastLogRatio(track, settings));
  track.segmentations.emplace(track.logs);
  return track;
}

std::vector<double> Repetitions(const Track& track, std::size_t first,
                                std::size_t end) {
  std::vector<double> all;
  for (std::size_t i = first; i < end; ++i) {
    const std::vector<double>& samples = track.points[i]->samples;
    all.insert(all.end(), samples.begin(), samples.end());
  }
  return all;
}

/// The median of the run medians.
double Level(const Track& track, std::size_t first, std::size_t end) {
  std::vector<double> medians;
  for (std::size_t i = first; i < end; ++i) {
    medians.push_back(*track.points[i]->median_s);
  }
  return *Median(medians);
}

/// Cuts the track `count` times and tests each cut.
void CutAndTest(Track& track, std::size_t count, double least) {
  const std::vector<std::size_t> cuts = track.segmentations->Cuts(count);
  const std::vector<double> p_values = CutPValues(track.logs, cuts);
  track.cuts.assign(count, {});
  for (std::size_t i = 0; i < count; ++i) {
    Cut& cut = track.cuts[i];
    const std::size_t first = i == 0 ? 0 : cuts[i - 1];
    const std::size_t end = i + 1 == count ? track.logs.size() : cuts[i + 1];
    cut.at = cuts[i];
    cut.log_ratio =
        std::log(Level(track, cut.at, end) / Level(track, first, cut.at));
    cut.large = std::abs(cut.log_ratio) > least;
    cut.runs_p = p_values[i];
    cut.repetitions_p = MannWhitney(Repetitions(track, first, cut.at),
                                    Repetitions(track, cut.at, end))
                            .value_or(1);
  }
}

void Adjust(std::vector<Track>& tracks, double Cut::*p_value) {
  std::vector<double> all;
  for (const Track& track : tracks) {
    for (const Cut& cut : track.cuts) all.push_back(cut.*p_value);
    const std::size_t boundaries = track.logs.size() - !track.logs.empty();
    all.resize(all.size() + boundaries - track.cuts.size(), 1);
  }
  const std::vector<double> adjusted = BenjaminiHochberg(all);
  std::size_t next = 0;
  for (Track& track : tracks) {
    const std::size_t begin = next;
    for (Cut& cut : track.cuts) {
      cut.adjusted_p = std::max(cut.adjusted_p, adjusted[next++]);
    }
    next = begin + track.logs.size() - !track.logs.empty();
  }
}

/// Takes cuts from the tracks until all that are left pass.
void KeepSteps(std::vector<Track>& tracks, std::span<const double> least,
               double rate) {
  for (bool changed = true; changed;) {
    changed = false;
    for (Track& track : tracks) {
      for (Cut& cut : track.cuts) cut.adjusted_p = 0;
    }
    Adjust(tracks, &Cut::repetitions_p);
    Adjust(tracks, &Cut::runs_p);
    for (std::size_t i = 0; i < tracks.size(); ++i) {
      const auto passes = [rate](const Cut& cut) {
        return cut.large && cut.adjusted_p <= rate;
      };
      std::vector<Cut>& cuts = tracks[i].cuts;
      if (std::all_of(cuts.begin(), cuts.end(), passes)) continue;
      CutAndTest(tracks[i], cuts.size() - 1, least[i]);
      changed = true;
    }
  }
}

/// One drift in place of all steps if it tells more.
std::optional<Step> DriftInstead(const Track& track) {
  std::vector<TrendPoint> points;
  for (std::size_t i = 0; i < track.logs.size(); ++i) {
    points.push_back(
        {static_cast<double>(track.points[i]->run), track.logs[i]});
  }
  std::vector<std::size_t> cuts;
  Step drift;
  for (const Cut& cut : track.cuts) {
    cuts.push_back(cut.at);
    drift.p_value = std::min(drift.p_value, cut.adjusted_p);
  }
  const std::optional<double> slope = FindDrift(points, cuts);
  if (!slope) return std::nullopt;
  drift.kind = StepKind::kDrift;
  drift.series = track.series;
  drift.run = track.points.back()->run;
  drift.run_before = track.points.front()->run;
  drift.ratio = std::exp(*slope * (points.back().run - points.front().run));
  return drift;
}

/// Whether the runs since the cut at `index` are on its side of the level
/// before it: the newest segment by more than `least`, and the newest run
/// nearer to that than to the old level.
bool Lasts(const Track& track, std::size_t index, double least) {
  const std::size_t first = index == 0 ? 0 : track.cuts[index - 1].at;
  const double before = Level(track, first, track.cuts[index].at);
  const double now = Level(track, track.cuts.back().at, track.points.size());
  const double sign = track.cuts[index].log_ratio > 0 ? 1 : -1;
  const double gone = sign * std::log(now / before);
  const double newest =
      sign * std::log(*track.points.back()->median_s / before);
  return gone > least && newest > gone / 2;
}

/// The levels on both sides of the cut at `index`, if that may be chance.
std::optional<Modes> JumpsAt(const Track& track, const Series& series,
                             std::size_t index, const StepSettings& settings) {
  if (settings.judge_bimodal) return std::nullopt;
  const std::vector<Cut>& cuts = track.cuts;
  const std::size_t first = index == 0 ? 0 : cuts[index - 1].at;
  const std::size_t end =
      index + 1 == cuts.size() ? track.points.size() : cuts[index + 1].at;
  return FindJumps(series,
                   {.first = track.points[first]->run,
                    .at = track.points[cuts[index].at]->run,
                    .last = track.points[end - 1]->run},
                   settings.false_discovery_rate);
}

void AddSteps(const Track& track, const Series& series, double least,
              const StepSettings& settings, std::vector<Step>& steps) {
  steps.insert(steps.end(), track.outliers.begin(), track.outliers.end());
  if (track.cuts.empty()) return;
  if (const std::optional<Step> drift = DriftInstead(track)) {
    steps.push_back(*drift);
    return;
  }
  std::optional<Step> bimodal;
  for (std::size_t i = 0; i < track.cuts.size(); ++i) {
    const Cut& cut = track.cuts[i];
    Step step;
    step.modes = JumpsAt(track, series, i, settings);
    if (step.modes) step.kind = StepKind::kBimodal;
    step.lasts = Lasts(track, i, least);
    step.other_launches = track.points[cut.at]->of_launches !=
                          track.points[cut.at - 1]->of_launches;
    step.series = track.series;
    step.run = track.points[cut.at]->run;
    step.run_before = track.points[cut.at - 1]->run;
    step.ratio = std::exp(cut.log_ratio);
    step.p_value = cut.adjusted_p;
    if (step.modes) {
      bimodal = step;
    } else {
      steps.push_back(step);
    }
  }
  if (bimodal) steps.push_back(*bimodal);
}

/// Steps and drifts, what is bimodal, outlier runs.
int RankOf(StepKind kind) {
  switch (kind) {
    case StepKind::kOutlierRun:
      return 2;
    case StepKind::kBimodal:
      return 1;
    case StepKind::kStep:
    case StepKind::kDrift:
      break;
  }
  return 0;
}

}  // namespace

std::vector<Step> FindSteps(std::span<const HistoryRun> runs,
                            std::span<const Series> series,
                            const StepSettings& settings) {
  std::vector<Track> tracks;
  std::vector<double> least;
  for (std::size_t i = 0; i < series.size(); ++i) {
    tracks.push_back(MakeTrack(runs, series[i], i, settings));
    least.push_back(LeastLogRatio(tracks.back(), settings));
    CutAndTest(tracks.back(), tracks.back().segmentations->most_cuts(),
               least.back());
  }
  KeepSteps(tracks, least, settings.false_discovery_rate);
  std::vector<Step> steps;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    AddSteps(tracks[i], series[i], least[i], settings, steps);
  }
  for (Step& step : steps) {
    step.commit = runs[step.run].git_commit;
    step.commit_before = runs[step.run_before].git_commit;
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [](const Step& a, const Step& b) {
                     const auto rank = [](const Step& step) {
                       return std::tuple(RankOf(step.kind), -step.ratio);
                     };
                     return rank(a) < rank(b);
                   });
  return steps;
}

}  // namespace hybrid
