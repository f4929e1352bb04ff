#ifndef HYBRID_FOREIGN_TEST_GOOGLE_JSON_H_
#define HYBRID_FOREIGN_TEST_GOOGLE_JSON_H_

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <vector>

namespace hybrid {

/// For tests: JSON as Google Benchmark 1.9 writes it, of a release build on a
/// machine of 8 CPUs.
class TestGoogleJson {
 public:
  std::string date = "2026-11-28T06:40:00+00:00";
  std::string host = "node";
  std::string library_version = "v1.9.1";
  /// Further lines of the context, each with a comma at its end.
  std::string more_context{};

  /// Adds a benchmark of these times in ns, one repetition each.
  TestGoogleJson& Add(const std::string& name, const std::vector<double>& times,
                      std::size_t threads = 1) {
    std::size_t repetition = 0;
    for (const double time : times) {
      AddEntry(name, repetition++, times.size(), threads,
               fmt::format(R"(      "iterations": 1000,
      "real_time": {:.16e},
      "cpu_time": {:.16e},
      "time_unit": "ns",
      "items_per_second": 1.0e+06)",
                           time, time / 2));
    }
    ++family_;
    return *this;
  }

  /// Adds a benchmark whose only repetition called `member`: error_occurred and
  /// error_message, or skipped and skip_message.
  TestGoogleJson& AddSkipped(const std::string& name, const std::string& member,
                             const std::string& message_member,
                             const std::string& message) {
    AddEntry(name, 0, 1, 1,
             fmt::format(R"(      "{}": true,
      "{}": "{}",
      "iterations": 0,
      "real_time": 0.0000000000000000e+00,
      "cpu_time": 0.0000000000000000e+00,
      "time_unit": "ns")",
                         member, message_member, message));
    ++family_;
    return *this;
  }

  /// Adds what is written of all repetitions of `name` together.
  TestGoogleJson& AddAggregate(const std::string& name) {
    entries_.push_back(fmt::format(R"(    {{
      "name": "{0}_mean",
      "family_index": {1},
      "per_family_instance_index": 0,
      "run_name": "{0}",
      "run_type": "aggregate",
      "repetitions": 10,
      "threads": 1,
      "aggregate_name": "mean",
      "aggregate_unit": "time",
      "iterations": 10,
      "real_time": 1.0e+00,
      "cpu_time": 1.0e+00,
      "time_unit": "ns"
    }})",
                                   name, family_));
    return *this;
  }

  std::string Text() const {
    std::string text = fmt::format(R"({{
  "context": {{
    "date": "{}",
    "host_name": "{}",
    "executable": "./benchmarks",
    "num_cpus": 8,
    "mhz_per_cpu": 3000,
    "caches": [
      {{
        "type": "Unified",
        "level": 3,
        "size": 33554432,
        "num_sharing": 8
      }}
    ],
    "load_avg": [0.25,0.5,0.125],
    "library_version": "{}",
    {}"library_build_type": "release",
    "json_schema_version": 1
  }},
  "benchmarks": [
)",
                                   date, host, library_version, more_context);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      text += entries_[i] + (i + 1 < entries_.size() ? ",\n" : "");
    }
    return text + "\n  ]\n}\n";
  }

 private:
  void AddEntry(const std::string& name, std::size_t repetition,
                std::size_t repetitions, std::size_t threads,
                const std::string& rest) {
    entries_.push_back(fmt::format(R"(    {{
      "name": "{0}",
      "family_index": {1},
      "per_family_instance_index": 0,
      "run_name": "{0}",
      "run_type": "iteration",
      "repetitions": {2},
      "repetition_index": {3},
      "threads": {4},
{5}
    }})",
                                   name, family_, repetitions, repetition,
                                   threads, rest));
  }

  std::size_t family_ = 0;
  std::vector<std::string> entries_{};
};

}  // namespace hybrid

#endif  // HYBRID_FOREIGN_TEST_GOOGLE_JSON_H_
