#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "alternate/alternation_error.h"
#include "alternate/program_kind.h"
#include "compare/aligned_keys.h"
#include "compare/key_rows.h"
#include "compare/paired.h"
#include "key/key_text.h"
#include "results/csv_parser.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

std::vector<Row> ParseRows(const MeasuredFile& file) {
  try {
    CsvParser parser(SchemaPolicy::kKnown);
    parser.Feed(file.text);
    return parser.Finish(TornEnd::kRefuse).rows;
  } catch (const CsvError& error) {
    throw AlternationError(
        fmt::format("{}:{}: {}", file.name, error.line(), error.what()));
  } catch (const ResultsError& error) {
    throw AlternationError(fmt::format("{}: {}", file.name, error.what()));
  }
}

/// The rows of two `bench`.
class BenchSides : public MeasuredSides {
 public:
  void AddRound(const MeasuredFile& baseline,
                const MeasuredFile& now) override {
    std::vector<Row> before = ParseRows(baseline);
    now_.push_back(ParseRows(now));
    baseline_.push_back(std::move(before));
  }

  Comparison Compare(const CompareSettings& settings,
                     const Looks& looks) const override {
    return CompareInPairs(baseline_, now_, settings, looks);
  }

  std::string MeasuredId(const MeasuredFile& file,
                         bool is_baseline) const override {
    const std::vector<Row> rows = ParseRows(file);
    const KeyRows by_key = GroupByKey(rows);
    if (by_key.empty()) return "";
    Key key = by_key.begin()->first;
    if (is_baseline) key = KeyAlignment(baseline_, now_).Apply(std::move(key));
    return KeyText(key, KeyStyle::kFull);
  }

 private:
  std::vector<std::vector<Row>> baseline_;
  std::vector<std::vector<Row>> now_;
};

class Bench : public ProgramKind {
 public:
  bool Wrote(std::string_view help) const override {
    return help.find("--blas_threads") != std::string_view::npos;
  }
  /// A probe would choose kernels anew in each process; and short launches let
  /// the sides of a pair lie near each other, which tells more than long ones.
  std::vector<std::string> UsualFlags() const override {
    return {"--benchmark_filter=Hybrid", "--kernels=library",
            "--benchmark_min_time=0.05"};
  }
  /// Pairs need no ceilings, and what disturbs one is left out.
  std::vector<std::string> UsualNewFlags() const override {
    return {"--ceilings=none", "--rerun_noisy=0"};
  }
  std::vector<std::string> MeasuringFlags(
      const std::string& path) const override {
    return {"--benchmark_repetitions=1", fmt::format("--csv={}", path)};
  }
  std::string TurnsFlag(bool comes_first, int socket) const override {
    return fmt::format("--turns={},{}", comes_first ? "first" : "second",
                       socket);
  }
  std::string_view suffix() const override { return "csv"; }
  FileParts Split(const MeasuredFile& file,
                  std::size_t /*round*/) const override {
    const std::string_view text = file.text;
    const std::size_t end = std::min(text.size(), text.find('\n') + 1);
    return {std::string(text.substr(0, end)), std::string(text.substr(end))};
  }
  bool HeadsAreTheSame() const override { return true; }
  std::unique_ptr<MeasuredSides> NewSides() const override {
    return std::make_unique<BenchSides>();
  }
};

}  // namespace

const ProgramKind& BenchKind() {
  static const Bench kKind;
  return kKind;
}

}  // namespace hybrid
