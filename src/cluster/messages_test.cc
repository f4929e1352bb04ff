#include "cluster/messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>

#include "key/test_keys.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(MessagesTest, AMachineComesThrough) {
  const Machine machine = ReadMachine();
  const Machine back = DecodeMachine(EncodeMachine(machine));
  EXPECT_EQ(back.host, machine.host);
  EXPECT_EQ(back.usable_cores, machine.usable_cores);
  EXPECT_EQ(back.topology.cores, machine.topology.cores);
  EXPECT_EQ(back.topology.core_infos, machine.topology.core_infos);
  EXPECT_EQ(back.topology.shared_cpus, machine.topology.shared_cpus);
  EXPECT_EQ(back.topology.cache_bytes, machine.topology.cache_bytes);
  EXPECT_EQ(back.cgroup.cpu_quota, machine.cgroup.cpu_quota);
  EXPECT_EQ(back.memory_available_bytes, machine.memory_available_bytes);
  EXPECT_EQ(back.notes, machine.notes);
}

TEST(MessagesTest, CeilingsComeThrough) {
  EXPECT_FALSE(DecodeCeilings(EncodeCeilings({})).has_value());
  Ceilings ceilings;
  ceilings.vector_unit = "AVX2 + FMA";
  ceilings.peak_gflops = 50;
  EXPECT_EQ(DecodeCeilings(EncodeCeilings(ceilings))->vector_unit,
            "AVX2 + FMA");
  EXPECT_FALSE(DecodeCeilings(EncodeCeilings(ceilings))->single.has_value());
  ceilings.single = {.core_gflops = 50, .gflops = 100};
  const auto back = DecodeCeilings(EncodeCeilings(ceilings));
  EXPECT_EQ(back->peak_gflops, 50);
  EXPECT_EQ(back->single->gflops, 100);
}

TEST(MessagesTest, HellosNameTheSystemThatRuns) {
  const Hello hello = OwnHello(ReadMachine());
  const Hello back = DecodeHello(EncodeHello(hello));
  EXPECT_EQ(back.host, hello.host);
  EXPECT_EQ(back.boot_id, hello.boot_id);
  EXPECT_EQ(back.build, OwnBuild());
  EXPECT_EQ(back.kind.cpu_model, hello.kind.cpu_model);
}

TEST(MessagesTest, ASetUpHoldsWhatAnAgentCantKnow) {
  GroupSetUp set_up{.key = CommandKey("./job --x='a b'", 8, 2), .settings = {}};
  set_up.settings.kernels_setting = "BLIS_ARCH_TYPE=3";
  set_up.settings.expectation.kernels = "zen3";
  set_up.settings.core_dumps = false;
  set_up.settings.command.keep_env = {"OMP_PLACES"};
  set_up.settings.command.prepare = "./clean";
  const GroupSetUp back = DecodeSetUp(EncodeSetUp(set_up));
  EXPECT_EQ(back.key, set_up.key);
  EXPECT_EQ(back.settings.kernels_setting, "BLIS_ARCH_TYPE=3");
  EXPECT_EQ(back.settings.expectation.kernels, "zen3");
  EXPECT_FALSE(back.settings.core_dumps);
  EXPECT_THAT(back.settings.command.keep_env, ElementsAre("OMP_PLACES"));
  EXPECT_EQ(back.settings.command.prepare, "./clean");
}

TEST(MessagesTest, NumbersOfABatchComeThrough) {
  const Gate gate =
      DecodeGate(EncodeGate({.first = {7, 3}, .cap_ns = 5, .is_all = true}));
  EXPECT_EQ(gate.first, (TaskRange{7, 3}));
  EXPECT_EQ(gate.cap_ns, 5);
  EXPECT_TRUE(gate.is_all);
  const Want want =
      DecodeWant(EncodeWant({.done = 9, .busy_ns = 8, .need = 7}));
  EXPECT_EQ(want.done, 9U);
  EXPECT_EQ(want.busy_ns, 8);
  EXPECT_EQ(want.need, 7U);
  EXPECT_EQ(DecodeRange(EncodeRange({4, 2})), (TaskRange{4, 2}));
  const Done done = DecodeDone(EncodeDone({.tasks = 1,

                                           .begin_ns = 6,
                                           .running_ns = 3,
                                           .finish_ns = 4,
                                           .ranges = 5,
                                           .agent_cpu_ns = 7}));
  EXPECT_EQ(done.tasks, 1U);
  EXPECT_EQ(done.begin_ns, 6);
  EXPECT_EQ(done.agent_cpu_ns, 7);
  EXPECT_EQ(done.running_ns, 3);
  EXPECT_EQ(done.finish_ns, 4);
  EXPECT_EQ(done.ranges, 5U);
  EXPECT_THROW(DecodeRange(EncodeNumbers(std::array<std::int64_t, 2>{0, -1})),
               LinkError);
}

TEST(MessagesTest, NumbersThatCantBeAreRefused) {
  constexpr std::int64_t kMost = std::int64_t{1} << 61;
  EXPECT_EQ(DecodeArmed(EncodeArmed(-kMost)), -kMost);
  EXPECT_EQ(DecodeRange(EncodeRange({kMost, 2})).first, kMost);
  for (const std::int64_t number :
       {kMost + 1, -kMost - 1, std::numeric_limits<std::int64_t>::max(),
        std::numeric_limits<std::int64_t>::min()}) {
    EXPECT_THROW(DecodeArmed(EncodeArmed(number)), LinkError) << number;
    // Each number of each message, among others that can be.
    std::array<std::int64_t, 8> numbers{};
    for (std::int64_t& one : numbers) {
      one = number;
      const std::string body = EncodeNumbers(numbers);
      EXPECT_THROW(DecodeDone(body), LinkError);
      one = 0;
    }
    for (std::size_t i = 0; i < 4; ++i) {
      std::array<std::int64_t, 4> few{};
      few[i] = number;
      EXPECT_THROW(DecodeGate(EncodeNumbers(few)), LinkError);
      if (i == 3) continue;
      EXPECT_THROW(DecodeWant(EncodeNumbers(std::span(few).first(3))),
                   LinkError);
      if (i == 2) continue;
      EXPECT_THROW(DecodeRange(EncodeNumbers(std::span(few).first(2))),
                   LinkError);
    }
  }
}

TEST(MessagesTest, TextsMayBeOfAnyBytes) {
  // What a program prints, and names of files.
  const std::string text = "Latin-1: \xe4\xff, \"\\\n\x01";
  EXPECT_EQ(DecodeFailure(EncodeFailure(PoolError(text))).what(), text);
  EXPECT_THAT(DecodeProved(EncodeProved({.threads = std::nullopt,
                                         .peak_bytes = std::nullopt,
                                         .libraries = {text}}))
                  .libraries,
              ElementsAre(text));
}

TEST(MessagesTest, AMachineThatCantBeIsRefused) {
  Machine machine = ReadMachine();
  machine.topology.core_infos.resize(machine.topology.cores.size() + 1);
  EXPECT_THROW(DecodeMachine(EncodeMachine(machine)), LinkError);
  machine.topology.core_infos.clear();
  EXPECT_EQ(DecodeMachine(EncodeMachine(machine)).host, machine.host);
  machine.usable_cores = 0;
  EXPECT_THROW(DecodeMachine(EncodeMachine(machine)), LinkError);
}

TEST(MessagesTest, ReportsAndCountersComeThrough) {
  BatchTiming timing;
  timing.wall_s = 2;
  timing.capped = true;
  timing.workers = {{.load_s = 1, .operate_s = 2, .starved_s = 3, .tasks = 4}};
  const BatchTiming back = DecodeReport(EncodeReport(timing));
  EXPECT_EQ(back.wall_s, 2);
  EXPECT_TRUE(back.capped);
  ASSERT_EQ(back.workers.size(), 1U);
  EXPECT_EQ(back.workers[0].starved_s, 3);
  EXPECT_EQ(back.workers[0].tasks, 4U);
  GroupCounters counters;
  counters.workers.resize(2);
  counters.workers[0].emplace().run_delay_s = 2;
  counters.system.steal_s = 0.5;
  const GroupCounters counted = DecodeCounters(EncodeCounters(counters));
  ASSERT_EQ(counted.workers.size(), 2U);
  EXPECT_EQ(counted.workers[0]->run_delay_s, 2);
  EXPECT_EQ(counted.workers[0]->migrations, std::nullopt);
  EXPECT_FALSE(counted.workers[1].has_value());
  EXPECT_FALSE(counted.own.has_value());
  EXPECT_EQ(counted.system.steal_s, 0.5);
}

TEST(MessagesTest, LatenciesAndStartsComeThrough) {
  LatencyHistogram latencies;
  latencies.Add(5000, 2);
  const LatencyHistogram back = DecodeLatencies(EncodeLatencies(latencies));
  EXPECT_EQ(back.count(), 2U);
  EXPECT_EQ(back.max_ns(), 2500U);
  EXPECT_THROW(DecodeLatencies("short"), LinkError);
  PoolStart start;
  start.kernels = "zen3";
  start.program_flops = 7;
  EXPECT_EQ(DecodeStart(EncodeStart(start)).kernels, "zen3");
  EXPECT_EQ(DecodeStart(EncodeStart(start)).program_flops, 7);
}

TEST(MessagesTest, FailuresKeepHowAWorkerEnded) {
  const PoolError killed("worker 0 died", 9);
  EXPECT_EQ(DecodeFailure(EncodeFailure(killed)).wait_status(), 9);
  EXPECT_STREQ(DecodeFailure(EncodeFailure(PoolError("no"))).what(), "no");
  EXPECT_STREQ(WithHost("h1", killed).what(), "host h1: worker 0 died");
  EXPECT_EQ(WithHost("h1", killed).wait_status(), 9);
}

TEST(MessagesTest, WhatCantBeReadIsALinkError) {
  for (const std::string body : {"", "{", "[]", "{}", R"({"host":7})"}) {
    EXPECT_THAT([&] { DecodeHello(body); },
                ThrowsMessage<LinkError>(HasSubstr("can't be read")))
        << body;
    EXPECT_THROW(DecodeMachine(body), LinkError);
    EXPECT_THROW(DecodeSetUp(body), LinkError);
    EXPECT_THROW(DecodeStart(body), LinkError);
    EXPECT_THROW(DecodeReport(body), LinkError);
    EXPECT_THROW(DecodeCounters(body), LinkError);
    EXPECT_THROW(DecodeFailure(body), LinkError);
  }
}

}  // namespace
}  // namespace hybrid
