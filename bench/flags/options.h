#ifndef HYBRID_BENCH_FLAGS_OPTIONS_H_
#define HYBRID_BENCH_FLAGS_OPTIONS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sweep/sweep.h"

namespace hybrid {

/// A file's name that means standard output.
inline constexpr char kStandardOutput[] = "-";

/// The hosts that measure, where those are not this machine alone.
struct HostOptions {
  std::vector<std::string> names;  ///< none: those of an allocation
  std::string launcher;            ///< empty: what fits
  std::string agent;               ///< path on all hosts; empty: beside bench
  Axis counts{.is_auto = true, .values = {}};
  bool counts_given = false;
  bool unequal = false;
  /// All names in their order, as FindMachine finds them (hosts.h): of this
  /// machine where it alone is measured. None: only the launcher has them.
  std::vector<std::string> in_order{};

  bool wanted() const {
    return !names.empty() || !launcher.empty() || counts_given;
  }
};

/// With whom to take turns.
struct TurnsOption {
  bool comes_first = true;
  int socket = -1;  ///< a descriptor; -1: with nobody
};

/// Everything that our own flags say; Google Benchmark keeps its own. The
/// defaults stand in the table of flags (flag_table.h), not here.
struct Options {
  SweepAxes axes;               ///< n holds its default if not given
  bool n_given = false;         ///< then the tutorial's cases take it too
  bool batch_given = false;     ///< then the tutorial's cases take it too
  std::optional<double> cap_s;  ///< absent: decided per group (CapPolicy)
  std::string csv;              ///< `auto`, `none`, kStandardOutput or a path
  double hang_timeout_s = 0;
  double start_timeout_s = 0;         ///< until a command has to be ready
  std::vector<std::string> keep_env;  ///< variables that workers keep
  std::string working_directory;      ///< of a command; empty: this one
  std::string prepare;                ///< run before a command; empty: nothing
  std::string worker;    ///< path of hybrid-worker; empty: beside bench
  bool verbose = false;  ///< phases and reasons in the table
  bool list_blas = false;
  bool dry_run = false;
  bool full_dry_run = false;       ///< then it tells each configuration
  bool search = false;             ///< for the best split, not the whole grid
  std::optional<double> budget_s;  ///< that measuring may take
  bool launch_anew = false;        ///< workers for each repetition
  bool ceilings = false;           ///< measure the machine's ceilings first
  bool quick = false;              ///< defaults for a first look
  bool lock = false;               ///< wait for others on the same CPUs
  std::optional<double> lock_timeout_s;  ///< longest such wait; absent: no end
  TurnsOption turns;
  HostOptions hosts;
  /// How often what was noisy is measured again: a round of launches, or a
  /// configuration whose workers live on. Absent: as often as is usual.
  std::optional<int> rerun_noisy;
  bool record = false;         ///< the CSV goes into the machine's history
  bool why = false;            ///< the end tells causes, kernels and ties too
  std::string resume;          ///< the CSV to go on with; empty: none
  bool resume_anyway = false;  ///< whatever differs from what it says
  /// Whether the user's own program is measured.
  bool runs_command() const { return !axes.command.empty(); }
  /// Every flag that was given, as `--n` and `64,256`.
  std::map<std::string, std::string> given;
};

/// Reads what Google Benchmark left of the command line (without the program's
/// name). Throws FlagError.
Options ParseOptions(const std::vector<std::string>& arguments);

/// The text of --help about our flags.
std::string HelpText();

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_OPTIONS_H_
