#include "measure.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "base/parse_number.h"
#include "exit_status.h"
#include "key/key_text.h"
#include "measure/interrupt.h"
#include "output/context.h"
#include "output/csv_reporter.h"
#include "output/google_output.h"
#include "output/summary.h"
#include "preflight.h"
#include "results/former_folders.h"
#include "resume_check.h"
#include "selection.h"

namespace hybrid {
namespace {

/// JSON or CSV on stdout is for programs: nothing else may stand there.
std::FILE* OutputFor(const GoogleFlags& flags) {
  const bool for_programs = flags.IsSet("benchmark_format") &&
                            flags.Value("benchmark_format") != "console";
  return for_programs ? stderr : stdout;
}

/// Where the rows go.
void ChooseFile(const CommandLine& line,
                const std::optional<Resumption>& resumption,
                const Session& session, CsvReporter::Settings& settings) {
  const RunInfo& info = session.info;
  if (resumption) {
    settings.csv_flag = "--resume";
    settings.csv_path = resumption->file.path;
    settings.csv_position = resumption->position;
    settings.rows = resumption->rows;
  } else if (line.options.record) {
    settings.csv_flag = "--record";
    settings.csv_name = CsvWriter::Name::kFree;
    for (const std::string& note :
         FormerFolderNotes("results", info.machine_id)) {
      fmt::print(stderr, "bench: {}\n", note);
    }
    settings.csv_path = fmt::format("results/{}/{}-{}.csv", info.machine_id,
                                    info.start_utc, info.git_commit);
  } else if (line.options.csv == "auto") {
    settings.csv_name = CsvWriter::Name::kFree;
    settings.csv_path =
        fmt::format("results/{}-{}.csv", info.start_utc, session.machine.host);
  } else if (line.options.csv != "none") {
    settings.csv_path = line.options.csv;
  }
}

Progress MakeProgress(const Fixtures& fixtures, const GoogleFlags& flags,
                      int usable_cores, std::FILE* out, std::size_t done) {
  const double min_time_s =
      ParseNumber<double>(flags.Value("benchmark_min_time"))
          .value_or(kDefaultMinTimeS);
  std::vector<Progress::Item> items;
  for (const std::unique_ptr<Fixture>& fixture : fixtures) {
    items.push_back(
        {fixture->name(),
         ExpectedWeight(fixture->key(), usable_cores,
                        static_cast<int>(RepetitionsOf(*fixture, flags)),
                        min_time_s)});
  }
  return Progress(std::move(items), out, done);
}

/// Runs what is registered.
void RunAll(const GoogleFlags& flags, CsvReporter& reporter) {
  std::unique_ptr<benchmark::BenchmarkReporter> file;
  if (!flags.Value("benchmark_out").empty()) {
    file = MakeFileReporter(flags.IsSet("benchmark_out_format")
                                ? flags.Value("benchmark_out_format")
                                : "json");
  }
  // All that is registered: it was selected already.
  benchmark::RunSpecifiedBenchmarks(&reporter, file.get(), "all");
}

int InterruptedStatus() {
  fmt::print(stderr,
             "bench: interrupted by signal {}: what stands above is of the "
             "configurations that were finished\n",
             InterruptSignal());
  return kExitSignal + InterruptSignal();
}

/// What a worker had to say first, compared with the file.
void CheckBlas(const Context& context, const Options& options,
               const RunInfo& info, Resumption& resumption) {
  const std::vector<Row>& rows = resumption.file.contents.rows;
  for (std::string& difference : BlasDifferences(rows, context, info)) {
    resumption.differences.push_back(std::move(difference));
  }
  CheckDifferences(resumption, options);
  std::string note = CommitNote(rows, info);
  if (!note.empty()) resumption.notes.push_back(std::move(note));
}

}  // namespace

int Measure(const Fixtures& fixtures, const std::vector<SkippedKey>& skipped,
            const Environment& environment, const CommandLine& line,
            std::optional<Resumption> resumption, Session& session) {
  const GoogleFlags& flags = line.google;
  Context context = MeetWorkers(environment, session);
  if (resumption) {
    if (InterruptSignal() != 0) return InterruptedStatus();
    CheckBlas(context, line.options, session.info, *resumption);
  }
  CsvReporter::Settings settings;
  std::FILE* const out = settings.out = OutputFor(flags);
  if (flags.IsSet("benchmark_format")) {
    settings.google = std::make_unique<GoogleOutput>(
        std::unique_ptr<benchmark::BenchmarkReporter>(
            benchmark::CreateDefaultDisplayReporter()),
        flags.Value("benchmark_format"));
  }
  settings.rerun_noisy = line.options.rerun_noisy;
  ChooseFile(line, resumption, session, settings);
  CsvReporter reporter(
      std::move(settings), fixtures,
      MakeProgress(fixtures, flags, session.machine.usable_cores, out,
                   resumption ? resumption->done : 0));
  // Before Google Benchmark empties the file of --benchmark_out.
  if (!reporter.OpenFile()) return kExitFailures;
  GetToKnow(fixtures, line.options,
            resumption ? std::span<const Row>(resumption->rows)
                       : std::span<const Row>(),
            context, session);
  AddToGoogleContext(context);
  reporter.set_preamble(
      fmt::format("{}{}{}\n", ContextText(context), SkippedText(skipped),
                  resumption ? ResumedText(*resumption) : ""));
  session.on_run = [&reporter](const Key& key) {
    reporter.ShowStatus(KeyText(key, KeyStyle::kShort));
  };
  if (!reporter.CutTail()) return kExitFailures;
  RunAll(flags, reporter);
  session.pools.Release();

  fmt::print(out, "{}", SummaryText(reporter.rows()));
  if (!reporter.written_path().empty()) {
    fmt::print(out, "\nresults   {}\n", reporter.written_path());
  }
  reporter.CloseFile();
  if (InterruptSignal() != 0) return InterruptedStatus();
  const int failures = reporter.failures() + session.pools.bad_ends();
  if (failures > 0) {
    fmt::print(stderr, "bench: {} failure{}, named above\n", failures,
               failures == 1 ? "" : "s");
  }
  return failures > 0 ? kExitFailures : 0;
}

int ShowFinished(const CommandLine& line, const Resumption& resumption) {
  fmt::print(OutputFor(line.google), "{}{}\nresults   {}\n",
             ResumedText(resumption), SummaryText(resumption.rows),
             resumption.file.path);
  if (resumption.position.kept < resumption.position.size) {
    // Half a line at the end would keep others from reading the file.
    CsvWriter(resumption.file.path, resumption.position).CutTail();
  }
  return 0;
}

}  // namespace hybrid
