#include "measure/new_row.h"

#include <gtest/gtest.h>

#include <string>

#include "key/test_keys.h"

namespace hybrid {
namespace {

TEST(NewRowTest, HoldsTheKeyAndTheContextAndNoMeasurement) {
  Key key;
  key.n = 64;
  key.batch = 8;
  key.workers = 2;
  key.blas_threads = 2;
  key.kernels_asked = kBestKernels;
  RunContext context;
  context.run = NewRun("--n=64");
  context.site.machine.host = "here";
  context.site.machine.usable_cores = 2;
  context.site.kind.cpu_model = "Example 9000";
  context.site.kind.memory_bytes = 5;
  context.site.kind.os = "Some OS, Linux 6";
  context.site.machine_id = "example-2c";
  context.site.system_blas = "netlib";
  context.warnings = {"hot", "loud"};
  KernelsTable table({.library = "zen3",
                      .usable = {{"zen2", "BLIS_ARCH_TYPE=7"}},
                      .unusable = {}},
                     2);
  table.TakeOver(key, "zen2", 1.5);
  context.kernels.Add("blis", table);
  const Row row = NewRow(key, context);
  EXPECT_EQ(static_cast<const Key&>(row), key);
  EXPECT_EQ(row.run_id, context.run.run_id);
  EXPECT_FALSE(row.time_utc.empty());
  EXPECT_EQ(row.git_commit, context.run.git_commit);
  EXPECT_EQ(row.flags, "--n=64");
  EXPECT_EQ(row.host, "here");
  EXPECT_EQ(row.machine_id, "example-2c");
  EXPECT_EQ(row.cpu_model, "Example 9000");
  EXPECT_EQ(row.system_blas, "netlib");
  EXPECT_EQ(row.memory_bytes, 5U);
  EXPECT_EQ(row.os, "Some OS, Linux 6");
  EXPECT_EQ(row.warnings, "hot; loud");
  EXPECT_EQ(row.usable_cores, 2U);
  EXPECT_TRUE(row.oversubscribed);
  EXPECT_EQ(row.library_kernels, "zen3");
  EXPECT_EQ(row.kernels_setting, "BLIS_ARCH_TYPE=7");
  EXPECT_EQ(row.kernels_gain, 1.5);
  EXPECT_FALSE(row.wall_s);
}

/// What the workers of `key` share on four cores of a node, of which two each
/// have an L3.
std::string SharingOfRow(const Key& key) {
  RunContext context;
  Machine& machine = context.site.machine;
  machine.usable_cores = 4;
  machine.topology.cores = {{0}, {1}, {2}, {3}};
  for (int core = 0; core < 4; ++core) {
    CoreInfo& info = machine.topology.core_infos.emplace_back();
    info.numa_node = 0;
    info.l2_cache = core;
    info.l3_cache = info.last_level_cache = core / 2;
  }
  return NewRow(key, context).sharing;
}

TEST(NewRowTest, TellsWhatWorkersShareWhereTheyArePlaced) {
  Key key;
  key.workers = 4;
  EXPECT_EQ(SharingOfRow(key),
            "an L2 each, an L3 for 2 workers, one NUMA node");
  key.workers = 2;
  key.blas_threads = 2;
  EXPECT_EQ(SharingOfRow(key), "2 L2s each, an L3 each, one NUMA node");
}

TEST(NewRowTest, WorkersThatAreNotBoundShareAllThatThereIs) {
  Key key;
  key.workers = 2;
  key.pin = Pin::kNone;
  EXPECT_EQ(SharingOfRow(key), "4 L2s for all, 2 L3s for all, one NUMA node");
  key.pin = Pin::kAuto;
  key.workers = 8;
  EXPECT_EQ(SharingOfRow(key), "4 L2s for all, 2 L3s for all, one NUMA node");
}

TEST(NewRowTest, WhatCannotBeKnownOfWorkersIsEmpty) {
  Key key;
  key.workers = 8;
  key.pin = Pin::kCores;
  EXPECT_EQ(SharingOfRow(key), "");  // they can't be placed
  key = CommandKey("mpirun ./job", 8, 2);
  EXPECT_NE(SharingOfRow(key), "");
  key.protocol = kWholeProtocol;
  EXPECT_EQ(SharingOfRow(key), "");  // it places its own
}

TEST(HostRowsTest, AHostIsARowOfItsOwnBesideTheRunsMachine) {
  RunContext context;
  context.site.machine.host = "h0";
  context.site.machine.usable_cores = 2;
  context.site.machine_id = "example-2c";
  HostFacts host;
  host.name = "h7";
  host.kind.cpu_model = "Example 1";
  host.kind.memory_bytes = 9;
  host.machine.usable_cores = 3;
  host.machine.topology.cores = {{4, 12}, {5, 13}, {6, 14}, {7, 15}};
  host.machine.topology.core_infos.resize(4);
  for (CoreInfo& core : host.machine.topology.core_infos) core.l3_cache = 0;
  host.ceilings = Ceilings{.vector_unit = "AVX2",
                           .core_peak_gflops = 10,
                           .peak_gflops = 30,
                           .core_triad_bytes_per_s = 1e9,
                           .triad_bytes_per_s = 2e9};
  host.kernels = "zen3";
  host.round_trip_s = 1e-4;
  host.link_bytes_per_s = 5e8;
  context.hosts = {host, HostFacts{.name = "h8"}};
  const std::vector<Row> rows = HostRows(context);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].family, Family::kHosts);
  EXPECT_EQ(rows[0].variant, "h7");
  EXPECT_EQ(rows[0].host, "h0");
  EXPECT_EQ(rows[0].machine_id, "example-2c");
  EXPECT_EQ(rows[0].cpu_model, "Example 1");
  EXPECT_EQ(rows[0].memory_bytes, 9U);
  EXPECT_EQ(rows[0].usable_cores, 3U);
  EXPECT_EQ(rows[0].usable_cpus, 6U);
  EXPECT_EQ(rows[0].cpus, "4-6,12-14");
  EXPECT_EQ(rows[0].sharing, "CPUs 4-7,12-15: one L3");
  EXPECT_EQ(rows[0].kernels, "zen3");
  EXPECT_EQ(rows[0].peak_gflops, 30);
  EXPECT_EQ(rows[0].triad_bytes_per_s, 2e9);
  EXPECT_EQ(rows[0].rtt_s, 1e-4);
  EXPECT_EQ(rows[0].link_bytes_per_s, 5e8);
  EXPECT_FALSE(rows[0].wall_s);
  EXPECT_EQ(rows[1].variant, "h8");
  EXPECT_FALSE(rows[1].peak_gflops);
}

}  // namespace
}  // namespace hybrid
