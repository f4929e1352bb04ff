#include "flags/help_tables.h"

namespace hybrid {

ArgumentParser::Table FamiliesTable() {
  return {
      {"Hybrid",
       "the sweep: operation × data × collect × n × batch × workers × "
       "blas_threads; what runs without a filter"},
      {"Tutorial",
       "the five cases of a NumPy tutorial, once each; takes minutes"},
      {"Overhead", "what the harness itself costs"},
  };
}

ArgumentParser::Table ExamplesTable() {
  return {
      {"bench", "the sweep, its answer, and a result file in results/"},
      {"bench --quick", "a first look, in a fraction of the time"},
      {"bench --search --budget=60s", "the best splits, in a minute"},
      {"bench --dry_run", "what the sweep would measure"},
      {"bench --n=512,1000 --batch=64 --workers=1,2,4", "these sizes, there"},
      {"bench --benchmark_filter='Hybrid.*workers:2/'",
       "of the sweep what that regular expression finds"},
      {"bench --benchmark_list_tests", "the names of all there is to filter"},
      {"bench --resume=results/FILE.csv", "go on with an interrupted run"},
      {"bench --csv=- | gzip > run.csv.gz",
       "the result file on standard output, all else on standard error"},
  };
}

ArgumentParser::Table ExitStatusTable() {
  return {
      {"0", "everything was measured and written"},
      {"1",
       "a configuration failed, something could not be written, or "
       "--lock_timeout ended"},
      {"2", "a wrong flag: nothing was measured or touched"},
      {"129, 130, 143",
       "a hang-up, Ctrl-C or SIGTERM, with the answer for what was measured"},
  };
}

}  // namespace hybrid
