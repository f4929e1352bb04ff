#ifndef HYBRID_CLUSTER_MESSAGES_H_
#define HYBRID_CLUSTER_MESSAGES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ceilings/ceilings.h"
#include "cluster/frame.h"
#include "key/key.h"
#include "machine/machine.h"
#include "machine/machine_kind.h"
#include "pool/pool_settings.h"
#include "pool/worker_group.h"
#include "protocol/task_range.h"

// What the messages carry: Encode makes a body, Decode reads it. Every Decode
// throws LinkError for a body that its Encode does not make, and for numbers
// that can't be: counts and stamps beyond 2^61, with which no sum overflows.
namespace hybrid {

/// Message::kHello: who an agent is.
struct Hello {
  std::string host;     ///< its name, as the system has it
  std::string boot_id;  ///< of the system that runs there: no other has it
  std::string build;    ///< of the agent: has to be bench's
  MachineKind kind;
};
std::string EncodeHello(const Hello& hello);
Hello DecodeHello(std::string_view body);

/// What of this program has to be the same on both sides.
std::string OwnBuild();

/// What tells the system that runs here from all others; empty where it does
/// not say: then only its name does.
std::string OwnBootId();

/// What this process says of itself. Throws std::runtime_error where the system
/// does not tell the CPUs.
Hello OwnHello(const Machine& machine);

/// Message::kMachine.
std::string EncodeMachine(const Machine& machine);
Machine DecodeMachine(std::string_view body);

/// Message::kMeasure: with those of float32, too?
std::string EncodeMeasure(bool with_single);
bool DecodeMeasure(std::string_view body);

/// Message::kCeilings; nothing where the system gives no threads or memory.
std::string EncodeCeilings(const std::optional<Ceilings>& ceilings);
std::optional<Ceilings> DecodeCeilings(std::string_view body);

/// Message::kSetUp: what an agent can't find out where it is. Of the settings
/// it takes kernels, limits, and what is a command's; the rest is its own.
struct GroupSetUp {
  Key key;
  PoolSettings settings;
};
std::string EncodeSetUp(const GroupSetUp& set_up);
GroupSetUp DecodeSetUp(std::string_view body);

/// Message::kReady.
std::string EncodeStart(const PoolStart& start);
PoolStart DecodeStart(std::string_view body);

/// Message::kArmed, a number: what the agent's clock says.
std::string EncodeArmed(std::int64_t now_ns);
std::int64_t DecodeArmed(std::string_view body);

/// Message::kGate, all numbers.
struct Gate {
  TaskRange first;
  std::int64_t cap_ns = 0;  ///< from now on
  bool is_all = false;      ///< no more will come: as if CLOSE were with it
};
std::string EncodeGate(const Gate& gate);
Gate DecodeGate(std::string_view body);

/// Message::kWant, all numbers.
struct Want {
  std::uint64_t done = 0;    ///< tasks of this batch
  std::int64_t busy_ns = 0;  ///< since the first claim
  /// Tasks that keep its workers at work until the next answer.
  std::uint64_t need = 0;
};
std::string EncodeWant(const Want& want);
Want DecodeWant(std::string_view body);

/// Message::kRange, all numbers.
std::string EncodeRange(const TaskRange& range);
TaskRange DecodeRange(std::string_view body);

/// Message::kDone, all numbers. Stamps are of the agent's clock.
struct Done {
  std::uint64_t tasks = 0;
  std::int64_t begin_ns = 0;    ///< the first range was there
  std::int64_t running_ns = 0;  ///< the last worker ran
  std::int64_t finish_ns = 0;   ///< the last worker had finished
  std::uint64_t ranges = 0;     ///< that came
  std::int64_t agent_cpu_ns = 0;
};
std::string EncodeDone(const Done& done);
Done DecodeDone(std::string_view body);

/// Message::kReport: what each worker of the batch did. Its wall_s and gate_s
/// are the host's own.
std::string EncodeReport(const BatchTiming& timing);
BatchTiming DecodeReport(std::string_view body);

/// Message::kProved.
struct Proved {
  std::optional<ThreadsSeen> threads;
  std::optional<std::uint64_t> peak_bytes;
  std::vector<std::string> libraries;  ///< files
};
std::string EncodeProved(const Proved& proved);
Proved DecodeProved(std::string_view body);

/// Message::kCounted.
std::string EncodeCounters(const GroupCounters& counters);
GroupCounters DecodeCounters(std::string_view body);

/// Message::kTaken.
std::string EncodeLatencies(const LatencyHistogram& latencies);
LatencyHistogram DecodeLatencies(std::string_view body);

/// Message::kFailed: a PoolError.
std::string EncodeFailure(const PoolError& error);
PoolError DecodeFailure(std::string_view body);

/// `error` of a worker on `host`, which it names.
PoolError WithHost(std::string_view host, const PoolError& error);

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_MESSAGES_H_
