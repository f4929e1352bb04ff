#include "golden_cases.h"

#include <cstddef>

namespace hybrid {
namespace {

constexpr std::string_view kSynthetic = "HWLOC_SYNTHETIC=";

/// "more than 80 % of the 7.4 GiB available" without the figure and whose it
/// is, which is the real machine's even if hwloc makes up the cores.
std::string WithoutMemory(std::string_view output) {
  constexpr std::string_view kAfter = " available";
  std::string kept;
  for (;;) {
    const std::size_t end = output.find(kAfter);
    if (end == std::string_view::npos) return kept += output;
    constexpr std::string_view kWhose = " (this machine's)";
    const bool tells = output.substr(0, end).ends_with(kWhose);
    const std::size_t unit =
        output.rfind(' ', end - 1 - (tells ? kWhose.size() : 0));
    const std::size_t number = output.rfind(' ', unit - 1);
    kept += output.substr(0, number + 1);
    kept += "MEMORY";
    kept += kAfter;
    output.remove_prefix(end + kAfter.size());
  }
}

/// The JSON in `page` that its scripts read, a line for each element, without
/// the generator's version.
std::string DataOfPage(std::string_view page) {
  constexpr std::string_view kStart = "id=\"data\">";
  constexpr std::string_view kGenerator = "\"generator\":\"hybrid-report ";
  const std::size_t start = page.find(kStart);
  if (start == std::string_view::npos) return "no data: " + std::string(page);
  page.remove_prefix(start + kStart.size());
  page = page.substr(0, page.find("</script>"));
  std::string data;
  for (std::size_t i = 0; i < page.size(); ++i) {
    const bool is_element = i > 0 && (page[i - 1] == ',' || page[i - 1] == '[');
    if (is_element && page.substr(i, 2) == "{\"") data += '\n';
    data += page[i];
  }
  const std::size_t generator = data.find(kGenerator);
  if (generator != std::string::npos) {
    const std::size_t version = generator + kGenerator.size();
    data.replace(version, data.find('"', version) - version, "VERSION");
  }
  return data + '\n';
}

/// What --help prints without Google Benchmark's flags, which are its own.
std::string OurHelp(std::string_view help) {
  return std::string(help.substr(0, help.find("Google Benchmark's flags:")));
}

void AddAnswers(std::vector<GoldenCase>& cases) {
  for (const std::string name :
       {"capped_failed", "all_failed", "no_rows", "two_kernels", "disturbed",
        "tutorial_overhead", "version_2", "version_1", "two_machines", "axes",
        "libraries", "command", "missing", "rounds", "search", "hosts"}) {
    cases.push_back(
        {"answer/" + name + ".txt", "hybrid-answer --why " + name + ".csv"});
    cases.push_back(
        {"screen/" + name + ".txt", "hybrid-answer " + name + ".csv"});
  }
  for (const std::string name :
       {"disturbed", "imbalance", "kernels", "threads_too_fine", "waiting"}) {
    cases.push_back({"answer/cause_" + name + ".txt",
                     "hybrid-answer --why ../../../results/example/causes/" +
                         name + ".csv"});
  }
  for (const std::string name : {"2-core-epyc-zen4", "version-2"}) {
    cases.push_back(
        {"answer/example_" + name + ".txt",
         "hybrid-answer --why ../../../results/example/" + name + ".csv"});
    cases.push_back(
        {"screen/example_" + name + ".txt",
         "hybrid-answer ../../../results/example/" + name + ".csv"});
  }
  cases.push_back({"answer/pooled.txt",
                   "hybrid-answer --why baseline.csv same.csv "
                   "two_machines.csv"});
  cases.push_back({"answer/twice.txt",
                   "hybrid-answer --why baseline.csv same.csv baseline.csv"});
  cases.push_back(
      {"answer/search.json", "hybrid-answer --format=json search.csv"});
  cases.push_back(
      {"answer/hosts.json", "hybrid-answer --format=json hosts.csv"});
  cases.push_back({"answer/example.json",
                   "hybrid-answer --format=json "
                   "../../../results/example/2-core-epyc-zen4.csv"});
}

/// The lines to paste for programs of every protocol.
void AddPastes(std::vector<GoldenCase>& cases) {
  for (const std::string launcher : {"shell", "python", "slurm"}) {
    cases.push_back({"paste/command_" + launcher + ".txt",
                     "hybrid-answer --paste=" + launcher + " command.csv"});
  }
  for (const std::string launcher : {"shell", "python", "slurm", "mpi"}) {
    cases.push_back({"paste/hosts_" + launcher + ".txt",
                     "hybrid-answer --paste=" + launcher + " hosts.csv"});
  }
}

void AddPredictions(std::vector<GoldenCase>& cases) {
  const auto add = [&cases](const std::string& file, const std::string& flags) {
    cases.push_back({"prediction/" + file, "hybrid-answer " + flags});
  };
  const std::string example = " ../../../results/example/2-core-epyc-zen4.csv";
  const std::string older = " ../../../results/example/version-2.csv";
  add("for.txt", "--for=n=300,batch=50" + example);
  add("for_second_choice.txt", "--for=n=300,batch=50" + older);
  add("for_stopped.txt", "--for=n=700,batch=32" + example);
  add("for_measured.txt", "--for=n=256,batch=32" + example);
  add("for_outside.txt", "--for=n=2000,batch=8" + example);
  add("for_small_batch.txt", "--for=n=300,batch=3" + example);
  add("for_mixed.txt", "--for=n=300,batch=8 libraries.csv");
  add("for_disturbed.txt", "--for=n=256,batch=8 disturbed.csv");
  add("for_filtered.txt", "--for=n=64,batch=16 --filter=data:hot axes.csv");
  for (const std::string language : {"json", "c", "python"}) {
    add("policy." + language, "--policy=" + language + example);
  }
  add("policy_mixed.txt", "--policy=c two_machines.csv");
  add("for_searched.txt", "--for=n=128,batch=32 compared_search.csv");
  add("for_rounds.txt", "--for=n=128,batch=32 compared_rounds_slower.csv");
  add("policy_searched.python", "--policy=python compared_search.csv");
}

void AddComparisons(std::vector<GoldenCase>& cases) {
  const auto add = [&cases](const std::string& file, const std::string& flags) {
    cases.push_back({"compare/" + file, "hybrid-compare " + flags});
  };
  const std::string slower = "baseline.csv slower.csv";
  for (const std::string format : {"text", "csv", "json", "markdown"}) {
    const std::string flag = " --format=" + format;
    add("slower." + format, slower + flag);
    add("slower_gate." + format, slower + flag + " --gate");
    add("slower_filter." + format, slower + flag + " --filter='n=256 .*2×1'");
    add("other_blis_anyway." + format,
        "baseline.csv other_blis.csv --anyway --gate" + flag);
    add("same_all." + format, "baseline.csv same.csv --all" + flag);
  }
  add("slower_strict.text", slower + " --threshold=0.5% --alpha=0.2 --all");
  add("slower_filter_gate.text", slower + " --gate --filter=n:64/");
  add("same_gate.text", "baseline.csv same.csv --gate");
  add("fewer_gate.text", "same.csv capped_failed.csv --gate");
  add("other_blis.text", "baseline.csv other_blis.csv");
  add("other_blis_gate.text", "baseline.csv other_blis.csv --gate");
  add("nothing_in_common.text", "baseline.csv two_machines.csv");
  add("version_1.text", "version_2.csv version_1.csv");
  add("version_1_anyway.text", "version_2.csv version_1.csv --anyway");
  add("axes.text", "axes.csv axes_again.csv --all");
  add("libraries.text", "libraries.csv libraries_again.csv --all");
  add("kernels.text", "two_kernels.csv two_kernels_again.csv --all");
  add("disturbed.text", "two_kernels.csv disturbed.csv --all");
  add("tutorial_overhead.text",
      "tutorial_overhead.csv tutorial_overhead_again.csv --all");
  for (const std::string format : {"text", "json"}) {
    add("why." + format,
        slower + " --why='n=256 batch=32 2×1' --gate --format=" + format);
  }
  add("why_runs.text",
      "--baseline=history/2026-11-10.csv,history/2026-11-11.csv,"
      "history/2026-11-12.csv --new=history/2026-11-13.csv,"
      "history/2026-11-14.csv,history/2026-11-15.csv --why=2×1");
  add("why_several.text", slower + " --why=n=256");
  add("why_csv.text", slower + " --why=2×1 --format=csv");
  add("pooled.text",
      "--baseline=baseline.csv,same.csv --new=slower.csv --gate");
  for (const std::string format : {"text", "csv", "json", "markdown"}) {
    add("rounds_search." + format,
        "compared_rounds.csv compared_search.csv --gate --format=" + format);
  }
  const std::string search = "compared_search.csv ";
  add("search_rounds.text", search + "compared_rounds.csv --gate --all");
  add("search_slower.text", search + "compared_search_slower.csv --gate");
  add("rounds_slower.text",
      "compared_rounds.csv compared_rounds_slower.csv --gate");
  add("rounds_budget.text",
      "compared_rounds.csv compared_budget.csv --gate --filter=n:64/");
  add("kept_rounds.text",
      "compared_kept.csv compared_rounds.csv --gate --filter=n:64/ --all");
  const std::string example = "../../../results/example/2-core-epyc-zen4.csv";
  const std::string older = "../../../results/example/version-2.csv";
  add("same_run.text", example + " " + example + " --gate");
  add("example_older.text", older + " " + example + " --gate");
  add("example_older_anyway.text", older + " " + example + " --gate --anyway");
}

void AddHistories(std::vector<GoldenCase>& cases) {
  const auto add = [&cases](const std::string& file, const std::string& flags) {
    cases.push_back({"history/" + file, "hybrid-compare --history " + flags});
  };
  for (const std::string format : {"text", "json"}) {
    const std::string flag = " --format=" + format;
    add("step." + format, "history" + flag);
    add("step_window_gate." + format, "history --window=3 --all --gate" + flag);
  }
  for (const std::string format : {"text", "json"}) {
    add("step_gate." + format, "history --gate --format=" + format);
    add("launches." + format, "launches_history --gate --format=" + format);
  }
  add("step_accepted.text",
      "history --gate --accept=00000025-0000-4000-8000-000000000000");
  add("step_filter.text", "history --filter=1×1");
  add("mixed.text", "mixed_history --gate");
  add("mixed_anyway.text", "mixed_history --gate --anyway");
}

void AddReports(std::vector<GoldenCase>& cases) {
  const auto add = [&cases](const std::string& name, const std::string& files) {
    cases.push_back({"report/" + name + ".json",
                     "hybrid-report " + files + " -o -", DataOfPage});
  };
  for (const std::string name :
       {"capped_failed", "all_failed", "two_kernels", "disturbed",
        "tutorial_overhead", "version_2", "two_machines", "axes", "command",
        "compared_rounds", "compared_search", "compared_budget", "hosts"}) {
    add(name, name + ".csv");
  }
  add("history", "history/2026-11-1?.csv");
  add("pooled", "baseline.csv same.csv slower.csv other_blis.csv");
  add("example", "../../../results/example/2-core-epyc-zen4.csv");
  for (const std::string name : {"imbalance", "threads_too_fine", "waiting"}) {
    add("cause_" + name, "../../../results/example/causes/" + name + ".csv");
  }
}

void AddBench(std::vector<GoldenCase>& cases) {
  const auto dry_run = [&cases](const std::string& file,
                                const std::string& machine,
                                const std::string& flags) {
    cases.push_back({"bench/dry_run_" + file + ".txt",
                     std::string(kSynthetic) + "'" + machine +
                         "' bench --dry_run=full " + flags,
                     WithoutMemory});
  };
  const auto short_dry_run = [&cases](const std::string& file,
                                      const std::string& machine,
                                      const std::string& flags) {
    cases.push_back(
        {"bench/short_dry_run_" + file + ".txt",
         std::string(kSynthetic) + "'" + machine + "' bench --dry_run " + flags,
         WithoutMemory});
  };
  const std::string sweep = "--benchmark_filter=Hybrid ";
  const std::string laptop = "package:1 l3:1 core:4 pu:2";
  const std::string server = "package:2 numa:2 l3:1 core:4 pu:1";
  dry_run("defaults", laptop, sweep);
  dry_run("everything", laptop,
          "--n=64,1000000 --batch=8 --benchmark_filter='Hybrid|Noise|Tutorial|"
          "Overhead/(empty_tasks|gate|start/)'");
  dry_run("tutorial", server, "--benchmark_filter=Tutorial --n=256 --batch=8");
  dry_run("tutorial_pinned", laptop,
          "--benchmark_filter=Tutorial --n=256 --batch=8 --pin=cores "
          "--kernels=library");
  dry_run("overhead", server,
          "--benchmark_filter='Overhead/(empty_tasks|gate|start/)'");
  dry_run("data_collect", "package:1 core:1 pu:1",
          sweep + "--n=64 --data=fresh,resident,hot --collect=none,shared");
  dry_run("kernels", "package:1 l3:2 core:3 pu:1",
          sweep + "--n=64 --batch=8 --kernels=best,library,haswell --seed=7");
  dry_run("pin_cores", server,
          sweep +
              "--n=64 --batch=8 --pin=cores --workers=auto "
              "--blas_threads=1,2,3,16");
  dry_run("pin_none", server, sweep + "--n=64 --batch=8 --pin=none");
  dry_run("operations", "pu:4",
          sweep +
              "--operation=gemm,none --n=16:64:*2 --batch=1:3:+1 "
              "--workers=1,4 --blas_threads=1");
  dry_run("caches", "package:2 numa:1 l3:4 core:4 pu:2",
          sweep + "--operation=none --n=64 --batch=8");
  dry_run("prime", "package:1 l3:1 core:13 pu:1", sweep + "--n=64 --batch=8");
  dry_run("nothing", laptop, "--benchmark_filter=NoSuchBenchmark");
  const std::string node = "package:2 numa:2 core:8 pu:2";
  short_dry_run("laptop", laptop, sweep);
  short_dry_run("node", node, sweep);
  short_dry_run("launch", node, sweep + "--workers=8 --blas_threads=4");
  short_dry_run("everything", laptop,
                "--n=64,1000000 --batch=8 --benchmark_filter='Hybrid|Noise|"
                "Tutorial|Overhead/(empty_tasks|gate|start/)'");
  cases.push_back(
      {"bench/list.txt", std::string(kSynthetic) + "'" + laptop +
                             "' bench --benchmark_list_tests --n=64 --batch=8 "
                             "--benchmark_filter='Hybrid|Noise|Tutorial|"
                             "Overhead/(empty_tasks|gate|start/)'"});
  cases.push_back({"bench/help.txt", "bench --help", OurHelp});
  cases.push_back(
      {"bench/csv_header.txt",
       "d=$(mktemp -d) && bench --benchmark_filter=Hybrid --n=16 --batch=4 "
       "--workers=1 --blas_threads=1 --kernels=library "
       "--ceilings=none --benchmark_repetitions=1 --benchmark_min_time=0.01 "
       "--csv=$d/r.csv >/dev/null 2>&1 && head -n 1 $d/r.csv; rm -r $d"});
}

}  // namespace

bool GoldenCase::Runs(std::string_view program) const {
  return command.find(program) != std::string::npos;
}

bool GoldenCase::IsSynthetic() const { return Runs(kSynthetic); }

std::vector<GoldenCase> AllGoldenCases() {
  std::vector<GoldenCase> cases;
  AddAnswers(cases);
  AddPastes(cases);
  AddPredictions(cases);
  AddComparisons(cases);
  AddHistories(cases);
  AddReports(cases);
  AddBench(cases);
  return cases;
}

}  // namespace hybrid
