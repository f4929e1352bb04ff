#include "output/counted_runs.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "results/row.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

using Run = benchmark::BenchmarkReporter::Run;

double SampleDeviation(std::span<const double> samples) {
  if (samples.size() < 2) return 0;
  const double mean = Mean(samples);
  double squares = 0;
  for (const double sample : samples) {
    squares += (sample - mean) * (sample - mean);
  }
  return std::sqrt(squares / static_cast<double>(samples.size() - 1));
}

/// What Google Benchmark computes of repetitions under each name.
double Aggregate(const std::string& name, std::span<const double> samples) {
  if (name == "median") return Median(samples).value_or(0);
  if (name == "stddev") return SampleDeviation(samples);
  if (name == "cv") return SampleDeviation(samples) / Mean(samples);
  return Mean(samples);
}

/// `run` with the figures of its aggregate over `rows`.
void AggregateAnew(const std::vector<Row>& rows, Run& run) {
  std::vector<double> walls_s;
  std::map<std::string, std::vector<double>> counters;
  for (const Row& row : rows) {
    walls_s.push_back(row.wall_s.value_or(0));
    for (const auto& [name, counter] : CountersOf(row)) {
      counters[name].push_back(counter.value);
    }
  }
  run.iterations = static_cast<benchmark::IterationCount>(rows.size());
  const std::string& name = run.aggregate_name;
  run.real_accumulated_time = Aggregate(name, walls_s);
  // Times are told per iteration, of which an aggregate has one a repetition.
  if (name != "cv") {
    run.real_accumulated_time *= static_cast<double>(run.iterations);
  }
  for (const auto& [counter, samples] : counters) {
    run.counters[counter] = Aggregate(name, samples);
  }
}

/// `run` with the figures of the repetition `row`.
void MeasureAnew(const Row& row, Run& run) {
  run.iterations = static_cast<benchmark::IterationCount>(row.iterations);
  run.real_accumulated_time =
      row.wall_s.value_or(0) * static_cast<double>(row.iterations);
  run.counters = CountersOf(row);
}

}  // namespace

std::vector<Run> CountedRuns(const Measurement& measurement,
                             const std::vector<Run>& runs) {
  std::vector<Run> counted = runs;
  const std::vector<Row>& rows = measurement.replacing();
  if (rows.empty()) return counted;
  std::size_t repetition = 0;
  for (Run& run : counted) {
    run.repetitions = static_cast<std::int64_t>(rows.size());
    if (run.run_type == Run::RT_Aggregate) {
      AggregateAnew(rows, run);
    } else if (repetition < rows.size()) {
      MeasureAnew(rows[repetition++], run);
    }
  }
  // What is beyond the rows was not measured.
  std::erase_if(counted, [&rows](const Run& run) {
    return run.run_type != Run::RT_Aggregate &&
           run.repetition_index >= static_cast<std::int64_t>(rows.size());
  });
  return counted;
}

}  // namespace hybrid
