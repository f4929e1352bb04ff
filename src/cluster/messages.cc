#include "cluster/messages.h"

#include <fmt/format.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>
#include <cstring>
#include <exception>
#include <type_traits>

#include "base/json.h"
#include "base/text_file.h"
#include "base/version.h"
#include "key/key_text.h"
#include "protocol/control_block.h"

namespace hybrid {
namespace {

/// Walks the members of a message's struct, one way to write them and one way
/// to read them.
class Writer {
 public:
  template <typename Value>
  void operator()(std::string_view name, const Value& value) {
    object_[name] = boost::json::value_from(value);
  }
  template <typename Value>
  void operator()(std::string_view name, const std::optional<Value>& value) {
    object_[name] = JsonOrNull(value);
  }
  std::string Text() const { return boost::json::serialize(object_); }
  JsonObject Take() { return std::move(object_); }

 private:
  JsonObject object_;
};

class Reader {
 public:
  explicit Reader(const JsonObject& object) : object_(object) {}

  template <typename Value>
  void operator()(std::string_view name, Value& value) const {
    value = boost::json::value_to<Value>(object_.at(name));
  }
  template <typename Value>
  void operator()(std::string_view name, std::optional<Value>& value) const {
    const Json& json = object_.at(name);
    value.reset();
    if (!json.is_null()) value = boost::json::value_to<Value>(json);
  }

 private:
  const JsonObject& object_;
};

/// No message nests deeper.
constexpr std::size_t kMostNested = 16;

/// Names of files, and what programs print, may be of any bytes.
Json ParseBody(std::string_view body) {
  boost::json::parse_options options;
  options.max_depth = kMostNested;
  options.allow_invalid_utf8 = true;
  return boost::json::parse(body, {}, options);
}

/// `read` of the object that `body` is; whatever is wrong with it is a
/// LinkError.
template <typename Read>
auto Decoded(std::string_view body, const Read& read) {
  try {
    const Json json = ParseBody(body);
    return read(json.as_object());
  } catch (const LinkError&) {
    throw;
  } catch (const std::exception& error) {
    throw LinkError(fmt::format("sent what can't be read: {}", error.what()));
  }
}

template <typename Struct, typename Members>
std::string Encoded(const Struct& value, const Members& members) {
  Writer writer;
  members(writer, value);
  return writer.Text();
}

template <typename Struct, typename Members>
Struct DecodedAs(std::string_view body, const Members& members) {
  return Decoded(body, [&members](const JsonObject& object) {
    Struct value;
    Reader reader(object);
    members(reader, value);
    return value;
  });
}

constexpr auto kKindMembers = [](auto& walk, auto& kind) {
  walk("cpu_model", kind.cpu_model);
  walk("usable_cores", kind.usable_cores);
  walk("memory_bytes", kind.memory_bytes);
  walk("os", kind.os);
};

constexpr auto kHelloMembers = [](auto& walk, auto& hello) {
  walk("host", hello.host);
  walk("boot_id", hello.boot_id);
  walk("build", hello.build);
  kKindMembers(walk, hello.kind);
};

constexpr auto kCoreMembers = [](auto& walk, auto& core) {
  walk("kind", core.kind);
  walk("socket", core.socket);
  walk("numa_node", core.numa_node);
  walk("last_level_cache", core.last_level_cache);
  walk("l2_cache", core.l2_cache);
  walk("l3_cache", core.l3_cache);
};

constexpr auto kMachineMembers = [](auto& walk, auto& machine) {
  auto& topology = machine.topology;
  walk("host", machine.host);
  walk("cpu_model", topology.cpu_model);
  walk("cpu_signature", topology.cpu_signature);
  walk("sockets", topology.sockets);
  walk("cores_total", topology.cores_total);
  walk("logical_cpus_total", topology.logical_cpus_total);
  walk("cores", topology.cores);
  walk("shared_cpus", topology.shared_cpus);
  walk("is_this_system", topology.is_this_system);
  walk("cache_bytes", topology.cache_bytes);
  walk("cpu_quota", machine.cgroup.cpu_quota);
  walk("cgroup_memory_bytes", machine.cgroup.memory_available_bytes);
  walk("cgroup_tasks", machine.cgroup.tasks_available);
  walk("usable_cores", machine.usable_cores);
  walk("usable_cores_limited_by", machine.usable_cores_limited_by);
  walk("memory_available_bytes", machine.memory_available_bytes);
  walk("tasks_available", machine.tasks_available);
  walk("process_bytes", machine.process_bytes);
  walk("can_pin", machine.can_pin);
  walk("notes", machine.notes);
};

constexpr auto kCeilingsMembers = [](auto& walk, auto& ceilings) {
  walk("vector_unit", ceilings.vector_unit);
  walk("core_peak_gflops", ceilings.core_peak_gflops);
  walk("peak_gflops", ceilings.peak_gflops);
  walk("core_triad_bytes_per_s", ceilings.core_triad_bytes_per_s);
  walk("triad_bytes_per_s", ceilings.triad_bytes_per_s);
};

constexpr auto kSinglePeakMembers = [](auto& walk, auto& peak) {
  walk("single_core_gflops", peak.core_gflops);
  walk("single_gflops", peak.gflops);
};

constexpr auto kSetUpMembers = [](auto& walk, auto& set_up) {
  auto& settings = set_up.settings;
  walk("kernels_setting", settings.kernels_setting);
  walk("kernels", settings.expectation.kernels);
  walk("core_dumps", settings.core_dumps);
  walk("hang_timeout_s", settings.hang_timeout_s);
  walk("start_allowance_s", settings.start_allowance_s);
  auto& command = settings.command;
  walk("start_timeout_s", command.start_timeout_s);
  walk("working_directory", command.working_directory);
  walk("prepare", command.prepare);
  walk("keep_env", command.keep_env);
};

constexpr auto kStartMembers = [](auto& walk, auto& start) {
  walk("start_s", start.start_s);
  walk("warm_up_s", start.warm_up_s);
  walk("late_s", start.late_s);
  walk("blas_family", start.blas_family);
  walk("blas_version", start.blas_version);
  walk("blas_threading", start.blas_threading);
  walk("blas_file", start.blas_file);
  walk("kernels", start.kernels);
  walk("integer_bits", start.integer_bits);
  walk("most_threads", start.most_threads);
  walk("has_lapack", start.has_lapack);
  walk("batched_call", start.batched_call);
  walk("program_flops", start.program_flops);
  walk("library_asked", start.library_asked);
};

constexpr auto kTimingMembers = [](auto& walk, auto& timing) {
  walk("wall_s", timing.wall_s);
  walk("gate_s", timing.gate_s);
  walk("tasks_done", timing.tasks_done);
  walk("capped", timing.capped);
  walk("cpu_s", timing.cpu_s);
  walk("late_s", timing.late_s);
};

constexpr auto kWorkerMembers = [](auto& walk, auto& worker) {
  walk("load_s", worker.load_s);
  walk("operate_s", worker.operate_s);
  walk("starved_s", worker.starved_s);
  walk("tasks", worker.tasks);
};

constexpr auto kProcessMembers = [](auto& walk, auto& counters) {
  walk("cpu_s", counters.cpu_s);
  walk("run_delay_s", counters.run_delay_s);
  walk("voluntary_switches", counters.voluntary_switches);
  walk("involuntary_switches", counters.involuntary_switches);
  walk("migrations", counters.migrations);
  walk("minor_faults", counters.minor_faults);
  walk("major_faults", counters.major_faults);
};

constexpr auto kSystemMembers = [](auto& walk, auto& counters) {
  walk("busy_s", counters.busy_s);
  walk("steal_s", counters.steal_s);
  walk("cpu_pressure_s", counters.cpu_pressure_s);
  walk("throttled_s", counters.throttled_s);
  walk("throttled_periods", counters.throttled_periods);
};

template <typename Struct, typename Members>
Json JsonOf(const Struct& value, const Members& members) {
  Writer writer;
  members(writer, value);
  return writer.Take();
}

template <typename Struct, typename Members>
Struct StructOf(const Json& json, const Members& members) {
  Struct value;
  Reader reader(json.as_object());
  members(reader, value);
  return value;
}

Json JsonOf(const std::optional<ProcessCounters>& counters) {
  return counters ? JsonOf(*counters, kProcessMembers) : Json();
}

std::optional<ProcessCounters> CountersOf(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return StructOf<ProcessCounters>(json, kProcessMembers);
}

std::int64_t Signed(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

/// Sums and differences of three of these are numbers still.
constexpr std::int64_t kMostNumber = std::int64_t{1} << 61;

std::uint64_t Count(std::int64_t number) {
  if (number < 0 || number > kMostNumber) {
    throw LinkError(fmt::format("sent a count of {}", number));
  }
  return static_cast<std::uint64_t>(number);
}

std::int64_t Time(std::int64_t ns) {
  if (ns < -kMostNumber || ns > kMostNumber) {
    throw LinkError(fmt::format("sent a time of {} ns", ns));
  }
  return ns;
}

bool Truth(std::int64_t number) {
  if (number != 0 && number != 1) {
    throw LinkError(fmt::format("sent {} where yes or no belongs", number));
  }
  return number == 1;
}

template <std::size_t kCount>
std::array<std::int64_t, kCount> NumbersOf(std::string_view body) {
  std::array<std::int64_t, kCount> numbers{};
  DecodeNumbers(body, numbers);
  return numbers;
}

}  // namespace

std::string OwnBuild() {
  return fmt::format("{} ({}), control version {}", ProjectVersion(),
                     GitCommit(), kControlVersion);
}

std::string OwnBootId() {
  std::string boot_id =
      text_file::Read("/proc/sys/kernel/random/boot_id").value_or("");
  if (!boot_id.empty() && boot_id.back() == '\n') boot_id.pop_back();
  return boot_id;
}

Hello OwnHello(const Machine& machine) {
  return {.host = machine.host,
          .boot_id = OwnBootId(),
          .build = OwnBuild(),
          .kind = ReadMachineKind(machine)};
}

std::string EncodeHello(const Hello& hello) {
  return Encoded(hello, kHelloMembers);
}
Hello DecodeHello(std::string_view body) {
  return DecodedAs<Hello>(body, kHelloMembers);
}

std::string EncodeMachine(const Machine& machine) {
  Writer writer;
  kMachineMembers(writer, machine);
  JsonObject object = writer.Take();
  JsonArray infos;
  for (const CoreInfo& core : machine.topology.core_infos) {
    infos.push_back(JsonOf(core, kCoreMembers));
  }
  object["core_infos"] = std::move(infos);
  return boost::json::serialize(object);
}

Machine DecodeMachine(std::string_view body) {
  return Decoded(body, [](const JsonObject& object) {
    Machine machine;
    Reader reader(object);
    kMachineMembers(reader, machine);
    for (const Json& core : object.at("core_infos").as_array()) {
      machine.topology.core_infos.push_back(
          StructOf<CoreInfo>(core, kCoreMembers));
    }
    const Topology& topology = machine.topology;
    if (machine.usable_cores < 1 ||
        (!topology.core_infos.empty() &&
         topology.core_infos.size() != topology.cores.size())) {
      throw LinkError("sent a machine that can't be");
    }
    return machine;
  });
}

std::string EncodeMeasure(bool with_single) { return with_single ? "1" : ""; }
bool DecodeMeasure(std::string_view body) { return !body.empty(); }

std::string EncodeCeilings(const std::optional<Ceilings>& ceilings) {
  Writer writer;
  if (ceilings) {
    kCeilingsMembers(writer, *ceilings);
    if (ceilings->single) kSinglePeakMembers(writer, *ceilings->single);
  }
  return writer.Text();
}

std::optional<Ceilings> DecodeCeilings(std::string_view body) {
  return Decoded(body, [](const JsonObject& object) -> std::optional<Ceilings> {
    if (object.empty()) return std::nullopt;
    Ceilings ceilings;
    Reader reader(object);
    kCeilingsMembers(reader, ceilings);
    if (object.contains("single_gflops")) {
      kSinglePeakMembers(reader, ceilings.single.emplace());
    }
    return ceilings;
  });
}

std::string EncodeSetUp(const GroupSetUp& set_up) {
  Writer writer;
  kSetUpMembers(writer, set_up);
  writer("key", EncodeKey(set_up.key));
  return writer.Text();
}

GroupSetUp DecodeSetUp(std::string_view body) {
  return Decoded(body, [](const JsonObject& object) {
    GroupSetUp set_up;
    Reader reader(object);
    kSetUpMembers(reader, set_up);
    std::string key;
    reader("key", key);
    set_up.key = ParseKey(key);
    return set_up;
  });
}

std::string EncodeStart(const PoolStart& start) {
  return Encoded(start, kStartMembers);
}
PoolStart DecodeStart(std::string_view body) {
  return DecodedAs<PoolStart>(body, kStartMembers);
}

std::string EncodeArmed(std::int64_t now_ns) {
  return EncodeNumbers(std::array{now_ns});
}
std::int64_t DecodeArmed(std::string_view body) {
  return Time(NumbersOf<1>(body).front());
}

std::string EncodeGate(const Gate& gate) {
  return EncodeNumbers(std::array{Signed(gate.first.first),
                                  Signed(gate.first.count), gate.cap_ns,
                                  std::int64_t{gate.is_all}});
}
Gate DecodeGate(std::string_view body) {
  const auto [first, count, cap_ns, is_all] = NumbersOf<4>(body);
  return {.first = {.first = Count(first), .count = Count(count)},
          .cap_ns = Time(cap_ns),
          .is_all = Truth(is_all)};
}

std::string EncodeWant(const Want& want) {
  return EncodeNumbers(
      std::array{Signed(want.done), want.busy_ns, Signed(want.need)});
}
Want DecodeWant(std::string_view body) {
  const auto [done, busy_ns, need] = NumbersOf<3>(body);
  return {.done = Count(done), .busy_ns = Time(busy_ns), .need = Count(need)};
}

std::string EncodeRange(const TaskRange& range) {
  return EncodeNumbers(std::array{Signed(range.first), Signed(range.count)});
}
TaskRange DecodeRange(std::string_view body) {
  const auto [first, count] = NumbersOf<2>(body);
  return {.first = Count(first), .count = Count(count)};
}

std::string EncodeDone(const Done& done) {
  return EncodeNumbers(std::array{Signed(done.tasks), done.begin_ns,
                                  done.running_ns, done.finish_ns,
                                  Signed(done.ranges), done.agent_cpu_ns});
}
Done DecodeDone(std::string_view body) {
  const auto [tasks, begin_ns, running_ns, finish_ns, ranges, agent_cpu_ns] =
      NumbersOf<6>(body);
  return {.tasks = Count(tasks),
          .begin_ns = Time(begin_ns),
          .running_ns = Time(running_ns),
          .finish_ns = Time(finish_ns),
          .ranges = Count(ranges),
          .agent_cpu_ns = Time(agent_cpu_ns)};
}

std::string EncodeReport(const BatchTiming& timing) {
  Writer writer;
  kTimingMembers(writer, timing);
  JsonObject object = writer.Take();
  JsonArray workers;
  for (const WorkerTiming& worker : timing.workers) {
    workers.push_back(JsonOf(worker, kWorkerMembers));
  }
  object["workers"] = std::move(workers);
  return boost::json::serialize(object);
}

BatchTiming DecodeReport(std::string_view body) {
  return Decoded(body, [](const JsonObject& object) {
    BatchTiming timing;
    Reader reader(object);
    kTimingMembers(reader, timing);
    for (const Json& worker : object.at("workers").as_array()) {
      timing.workers.push_back(StructOf<WorkerTiming>(worker, kWorkerMembers));
    }
    return timing;
  });
}

std::string EncodeProved(const Proved& proved) {
  Writer writer;
  writer("peak_bytes", proved.peak_bytes);
  writer("libraries", proved.libraries);
  if (proved.threads) {
    writer("threads", proved.threads->threads);
    writer("cpu_share", proved.threads->cpu_share);
  }
  return writer.Text();
}

Proved DecodeProved(std::string_view body) {
  return Decoded(body, [](const JsonObject& object) {
    Proved proved;
    Reader reader(object);
    reader("peak_bytes", proved.peak_bytes);
    reader("libraries", proved.libraries);
    if (object.contains("threads")) {
      ThreadsSeen seen;
      reader("threads", seen.threads);
      reader("cpu_share", seen.cpu_share);
      proved.threads = seen;
    }
    return proved;
  });
}

std::string EncodeCounters(const GroupCounters& counters) {
  JsonObject object;
  JsonArray workers;
  for (const auto& worker : counters.workers) workers.push_back(JsonOf(worker));
  object["workers"] = std::move(workers);
  object["own"] = JsonOf(counters.own);
  object["system"] = JsonOf(counters.system, kSystemMembers);
  return boost::json::serialize(object);
}

GroupCounters DecodeCounters(std::string_view body) {
  return Decoded(body, [](const JsonObject& object) {
    GroupCounters counters;
    for (const Json& worker : object.at("workers").as_array()) {
      counters.workers.push_back(CountersOf(worker));
    }
    counters.own = CountersOf(object.at("own"));
    counters.system =
        StructOf<SystemCounters>(object.at("system"), kSystemMembers);
    return counters;
  });
}

// Both sides are of one build.
static_assert(std::is_trivially_copyable_v<LatencyHistogram>);

std::string EncodeLatencies(const LatencyHistogram& latencies) {
  return {reinterpret_cast<const char*>(&latencies), sizeof latencies};
}

LatencyHistogram DecodeLatencies(std::string_view body) {
  LatencyHistogram latencies;
  if (body.size() != sizeof latencies) {
    throw LinkError(fmt::format("sent {} bytes of latencies where {} belong",
                                body.size(), sizeof latencies));
  }
  std::memcpy(&latencies, body.data(), body.size());
  return latencies;
}

std::string EncodeFailure(const PoolError& error) {
  Writer writer;
  writer("what", std::string(error.what()));
  writer("wait_status", error.wait_status());
  return writer.Text();
}

PoolError DecodeFailure(std::string_view body) {
  return Decoded(body, [](const JsonObject& object) {
    Reader reader(object);
    std::string what;
    std::optional<int> wait_status;
    reader("what", what);
    reader("wait_status", wait_status);
    return wait_status ? PoolError(what, *wait_status) : PoolError(what);
  });
}

PoolError WithHost(std::string_view host, const PoolError& error) {
  const std::string what = fmt::format("host {}: {}", host, error.what());
  if (error.wait_status()) return {what, *error.wait_status()};
  return PoolError(what);
}

}  // namespace hybrid
