#include "compared_inputs.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "foreign/google_benchmark.h"
#include "results/results_error.h"

namespace hybrid {

ComparedInputs::ComparedInputs(const std::string& path)
    : first_(path),
      first_name_(first_.name()),
      are_json_(BeginsAsJson(first_.Start())) {}

InputFile ComparedInputs::Open(const std::string& path) {
  if (!std::exchange(first_is_taken_, true)) return std::move(first_);
  InputFile file(path);
  if (!file.Start().empty() && BeginsAsJson(file.Start()) != are_json_) {
    const std::string json = are_json_ ? first_name_ : file.name();
    const std::string csv = are_json_ ? file.name() : first_name_;
    throw ResultsError(
        fmt::format("{} is JSON and {} is none: compare result files of "
                    "`bench` with each other, or JSON of Google Benchmark",
                    json, csv));
  }
  return file;
}

}  // namespace hybrid
