#ifndef HYBRID_RESULTS_ROW_H_
#define HYBRID_RESULTS_ROW_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/enum_names.h"
#include "key/key.h"
#include "key/stage.h"

namespace hybrid {

/// The version of the CSV's columns.
inline constexpr std::uint64_t kSchemaVersion = 11;
/// The oldest version that readers still take. What it lacks stays empty.
inline constexpr std::uint64_t kOldestSchemaVersion = 2;
/// A column that the oldest version lacks.
struct LaterColumn {
  std::string_view name;
  std::uint64_t since = 0;  ///< the schema version that brought it
};
inline constexpr std::array kLaterColumns{
    LaterColumn{"machine_id", 3},     LaterColumn{"cpu_model", 3},
    LaterColumn{"memory_bytes", 3},   LaterColumn{"os", 3},
    LaterColumn{"flags", 3},          LaterColumn{"warnings", 3},
    LaterColumn{"variant", 4},        LaterColumn{"cpus", 5},
    LaterColumn{"blas", 6},           LaterColumn{"blas_file", 6},
    LaterColumn{"system_blas", 6},    LaterColumn{"engine", 6},
    LaterColumn{"batched_call", 6},   LaterColumn{"precision", 6},
    LaterColumn{"aspect", 6},         LaterColumn{"threads_seen", 6},
    LaterColumn{"cpu_share", 6},      LaterColumn{"command", 7},
    LaterColumn{"protocol", 7},       LaterColumn{"environment", 7},
    LaterColumn{"verified_by", 8},    LaterColumn{"peak_memory_bytes", 8},
    LaterColumn{"libraries", 8},      LaterColumn{"stage", 9},
    LaterColumn{"round", 9},          LaterColumn{"cap_s", 9},
    LaterColumn{"bound_s", 9},        LaterColumn{"batch_median_s", 9},
    LaterColumn{"usable_cpus", 9},    LaterColumn{"host_count", 10},
    LaterColumn{"gate_s", 10},        LaterColumn{"report_s", 10},
    LaterColumn{"clock_bound_s", 10}, LaterColumn{"starved_s", 10},
    LaterColumn{"ranges", 10},        LaterColumn{"agent_cpu_s", 10},
    LaterColumn{"rtt_s", 10},         LaterColumn{"link_bytes_per_s", 10},
    LaterColumn{"batch_min_s", 11},   LaterColumn{"sharing", 11}};

/// What a column was called before, and what the rows without `blas` ran.
struct FormerColumn {
  std::string_view name;    ///< up to schema version 5
  std::string_view column;  ///< now
};
inline constexpr std::array kFormerColumns{
    FormerColumn{"blis_version", "blas_version"},
    FormerColumn{"blis_threading", "blas_threading"},
    FormerColumn{"blis_arch_type", "kernels_setting"}};
inline constexpr std::string_view kFormerBlas = "blis-typed";

/// How a repetition ended: completed, stopped at the time limit, or failed; or
/// that there was none, since a search or a budget left the split out.
enum class Status : std::uint32_t { kOk, kCapped, kError, kSkipped };
template <>
inline constexpr std::array<std::string_view, 4> kNames<Status>{
    "ok", "capped", "error", "skipped"};

/// Who checked the results of a repetition (Row::verified_by).
inline constexpr std::string_view kVerifiedByBench = "bench";
inline constexpr std::string_view kVerifiedByProgram = "program";
inline constexpr std::string_view kVerifiedByNobody = "nobody";

/// One line of a result file: its key, and what one repetition of one
/// configuration measured. Every time is seconds per batch, the mean over the
/// repetition's iterations; phases are also means over the workers, so that
/// load_s + operate_s + idle_s = wall_s. Counts are totals of the repetition.
/// An absent value is an empty field. A row of the family Hosts is of no
/// configuration, but of one host: which, `variant` says.
/// results/README.md is the dictionary of these columns.
struct Row : Key {
  std::uint64_t schema_version = kSchemaVersion;
  std::string run_id;
  std::string time_utc;
  std::string host;
  std::string machine_id;
  std::string cpu_model;
  std::uint64_t memory_bytes = 0;
  std::string os;
  std::string git_commit;
  std::string flags;
  std::string kernels;
  std::string kernels_setting;
  std::string library_kernels;
  std::optional<double> kernels_gain;
  std::uint64_t attempt = 0;
  std::uint64_t repetition = 0;
  Stage stage = Stage::kGrid;
  /// Of a launch: of a grid from 1 on; 0 of a search's screening. Of a grid 0
  /// where workers lived on.
  std::uint64_t round = 0;
  std::uint64_t iterations = 0;
  Status status = Status::kOk;
  std::optional<double> cap_s;
  std::optional<double> bound_s;
  std::string verified_by;
  std::optional<double> wall_s;
  std::optional<double> batch_median_s;
  std::optional<double> batch_min_s;  ///< seconds of the fastest batch
  std::optional<double> load_s;
  std::optional<double> operate_s;
  std::optional<double> idle_s;
  std::optional<double> gate_s;
  std::optional<double> report_s;
  std::optional<double> clock_bound_s;
  std::optional<double> starved_s;
  std::optional<double> ranges;
  std::optional<double> agent_cpu_s;
  std::optional<double> rtt_s;
  std::optional<double> link_bytes_per_s;
  std::optional<double> start_s;
  std::optional<std::uint64_t> tasks_done;
  std::optional<double> gflops;
  std::optional<double> tasks_per_s;
  std::optional<double> peak_fraction;
  std::optional<double> imbalance;
  std::optional<double> cpu_s;
  std::optional<std::uint64_t> threads_seen;
  std::optional<double> cpu_share;
  std::optional<std::uint64_t> peak_memory_bytes;
  std::optional<double> run_delay_s;
  std::optional<std::uint64_t> voluntary_switches;
  std::optional<std::uint64_t> involuntary_switches;
  std::optional<std::uint64_t> migrations;
  std::optional<std::uint64_t> minor_faults;
  std::optional<std::uint64_t> major_faults;
  std::optional<double> worst_run_delay_s;
  std::optional<double> task_p50_s;
  std::optional<double> task_p99_s;
  std::optional<double> task_max_s;
  std::optional<double> throttled_s;
  std::optional<double> steal_s;
  std::optional<double> cpu_pressure_s;
  std::optional<double> foreign_cpu_s;
  std::optional<double> speed_fraction;
  std::optional<double> core_peak_gflops;
  std::optional<double> peak_gflops;
  std::optional<double> core_triad_bytes_per_s;
  std::optional<double> triad_bytes_per_s;
  std::optional<std::uint64_t> cache_bytes;
  std::uint64_t usable_cores = 0;
  std::uint64_t usable_cpus = 0;
  bool oversubscribed = false;
  std::string cpus;
  std::string sharing;
  std::string blas_version;
  std::string blas_threading;
  std::string blas_file;
  std::string libraries;
  std::string batched_call;
  std::string system_blas;
  std::string warnings;
  std::string error;

  /// Whether workers were launched for it alone.
  bool is_launch() const { return stage != Stage::kGrid || round > 0; }
  bool operator==(const Row&) const = default;
};

/// Calls `visit(name, field)` for every column in the file's order. The one
/// definition of the schema: header, writer and reader all go through it.
template <typename RowType, typename Visitor>
void ForEachColumn(RowType& row, Visitor&& visit) {
  visit("schema_version", row.schema_version);
  ForEachKey(row, [&visit](const KeyPart& part, auto& field) {
    visit(part.column.data(), field);
  });
  visit("run_id", row.run_id);
  visit("time_utc", row.time_utc);
  visit("host", row.host);
  visit("machine_id", row.machine_id);
  visit("cpu_model", row.cpu_model);
  visit("memory_bytes", row.memory_bytes);
  visit("os", row.os);
  visit("git_commit", row.git_commit);
  visit("flags", row.flags);
  visit("kernels", row.kernels);
  visit("kernels_setting", row.kernels_setting);
  visit("library_kernels", row.library_kernels);
  visit("kernels_gain", row.kernels_gain);
  visit("attempt", row.attempt);
  visit("repetition", row.repetition);
  visit("stage", row.stage);
  visit("round", row.round);
  visit("iterations", row.iterations);
  visit("status", row.status);
  visit("cap_s", row.cap_s);
  visit("bound_s", row.bound_s);
  visit("verified_by", row.verified_by);
  visit("wall_s", row.wall_s);
  visit("batch_median_s", row.batch_median_s);
  visit("batch_min_s", row.batch_min_s);
  visit("load_s", row.load_s);
  visit("operate_s", row.operate_s);
  visit("idle_s", row.idle_s);
  visit("gate_s", row.gate_s);
  visit("report_s", row.report_s);
  visit("clock_bound_s", row.clock_bound_s);
  visit("starved_s", row.starved_s);
  visit("ranges", row.ranges);
  visit("agent_cpu_s", row.agent_cpu_s);
  visit("rtt_s", row.rtt_s);
  visit("link_bytes_per_s", row.link_bytes_per_s);
  visit("start_s", row.start_s);
  visit("tasks_done", row.tasks_done);
  visit("gflops", row.gflops);
  visit("tasks_per_s", row.tasks_per_s);
  visit("peak_fraction", row.peak_fraction);
  visit("imbalance", row.imbalance);
  visit("cpu_s", row.cpu_s);
  visit("threads_seen", row.threads_seen);
  visit("cpu_share", row.cpu_share);
  visit("peak_memory_bytes", row.peak_memory_bytes);
  visit("run_delay_s", row.run_delay_s);
  visit("voluntary_switches", row.voluntary_switches);
  visit("involuntary_switches", row.involuntary_switches);
  visit("migrations", row.migrations);
  visit("minor_faults", row.minor_faults);
  visit("major_faults", row.major_faults);
  visit("worst_run_delay_s", row.worst_run_delay_s);
  visit("task_p50_s", row.task_p50_s);
  visit("task_p99_s", row.task_p99_s);
  visit("task_max_s", row.task_max_s);
  visit("throttled_s", row.throttled_s);
  visit("steal_s", row.steal_s);
  visit("cpu_pressure_s", row.cpu_pressure_s);
  visit("foreign_cpu_s", row.foreign_cpu_s);
  visit("speed_fraction", row.speed_fraction);
  visit("core_peak_gflops", row.core_peak_gflops);
  visit("peak_gflops", row.peak_gflops);
  visit("core_triad_bytes_per_s", row.core_triad_bytes_per_s);
  visit("triad_bytes_per_s", row.triad_bytes_per_s);
  visit("cache_bytes", row.cache_bytes);
  visit("usable_cores", row.usable_cores);
  visit("usable_cpus", row.usable_cpus);
  visit("oversubscribed", row.oversubscribed);
  visit("cpus", row.cpus);
  visit("sharing", row.sharing);
  visit("blas_version", row.blas_version);
  visit("blas_threading", row.blas_threading);
  visit("blas_file", row.blas_file);
  visit("libraries", row.libraries);
  visit("batched_call", row.batched_call);
  visit("system_blas", row.system_blas);
  visit("warnings", row.warnings);
  visit("error", row.error);
}

/// Calls `visit(name, value)` for every column that was measured: those that
/// may be empty, but for what was planned.
template <typename Visitor>
void ForEachMeasurement(const Row& row, Visitor&& visit) {
  ForEachColumn(row, [&visit](std::string_view name, const auto& value) {
    if constexpr (requires { value.has_value(); }) {
      if (name != "cap_s" && name != "bound_s") visit(name.data(), value);
    }
  });
}

}  // namespace hybrid

#endif  // HYBRID_RESULTS_ROW_H_
