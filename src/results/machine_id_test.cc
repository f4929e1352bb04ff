#include "results/machine_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "results/csv_reader.h"

namespace hybrid {
namespace {

using ::testing::MatchesRegex;
using ::testing::StartsWith;

constexpr std::uint64_t kGib = std::uint64_t{1} << 30;

Row Measured() {
  Row row;
  row.cpu_model = "AMD EPYC (family 25, model 17, stepping 1)";
  row.usable_cores = 2;
  row.memory_bytes = 24 * kGib;
  row.os = "Debian GNU/Linux 12 (bookworm), Linux 6.1.0";
  return row;
}

std::string IdOf(const Row& row) {
  return MachineId(row.cpu_model, row.usable_cores, row.memory_bytes, row.os);
}

template <typename T>
std::string With(T Row::*field, T value) {
  Row row = Measured();
  row.*field = value;
  return IdOf(row);
}

TEST(MachineIdTest, IsTheSameForTheSameMachine) {
  const std::string id = IdOf(Measured());
  // Names folders that are kept: it must never change.
  EXPECT_EQ(id, "amd-epyc-2c-24g-f95c568c");
  EXPECT_EQ(With(&Row::memory_bytes, 24 * kGib - kGib / 3), id);
  EXPECT_EQ(With<std::string>(&Row::os,
                              "Debian GNU/Linux 12 (bookworm), Linux 6.2.0"),
            id);
}

TEST(MachineIdTest, DiffersForAnotherMachine) {
  std::set<std::string> ids = {IdOf(Measured())};
  ids.insert(With<std::string>(&Row::cpu_model,
                               "AMD EPYC (family 25, model 1, stepping 1)"));
  ids.insert(With<std::uint64_t>(&Row::usable_cores, 4));
  ids.insert(With(&Row::memory_bytes, 48 * kGib));
  ids.insert(With<std::string>(&Row::os,
                               "Debian GNU/Linux 13 (trixie), Linux "
                               "6.1.0"));
  EXPECT_EQ(ids.size(), 5U);
}

TEST(MachineIdTest, PointReleasesAreNoOtherSystem) {
  const auto id = [](const std::string& os) {
    return With<std::string>(&Row::os, os + ", Linux 6.1.0");
  };
  EXPECT_EQ(id("Ubuntu 22.04.3 LTS"), id("Ubuntu 22.04.4 LTS"));
  EXPECT_NE(id("Ubuntu 22.04.3 LTS"), id("Ubuntu 24.04.3 LTS"));
  EXPECT_NE(id("Rocky Linux 9.3"), id("Rocky Linux 9.4"));
}

TEST(MachineIdTest, WhatIsUnknownIsNoError) {
  EXPECT_THAT(MachineId("", 1, 0, "Linux 6.1.0"),
              MatchesRegex("cpu-1c-0g-[0-9a-f]{8}"));
  EXPECT_EQ(MachineId("", 1, 0, "Linux 6.1.0"), MachineId("", 1, 0, ""));
}

TEST(MachineIdTest, SlugKeepsWhatTellsCpusApart) {
  EXPECT_THAT(With<std::string>(&Row::cpu_model,
                                "Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz "
                                "(family 6, model 106, stepping 6)"),
              StartsWith("intel-xeon-platinum-8375c-2c-24g-"));
  EXPECT_THAT(With<std::string>(&Row::cpu_model,
                                "../../etc/\n ÄÖ" + std::string(100, 'x')),
              MatchesRegex("etc-2c-24g-[0-9a-f]{8}"));
}

TEST(MachineIdTest, Version3IsComputedSinceItsColumnHoldsTheBlasToo) {
  Row row = Measured();
  row.machine_id = "recorded";
  row.blas_version = "0.9.0";
  EXPECT_EQ(MachineIdOf(row), "recorded");
  row.schema_version = 3;
  EXPECT_EQ(MachineIdOf(row), IdOf(Measured()));
  row.blas_version = "1.0";
  EXPECT_EQ(MachineIdOf(row), IdOf(Measured()));
}

TEST(MachineIdTest, OfRecordedRows) {
  EXPECT_EQ(
      MachineIdOf(ReadCsv(HYBRID_EXAMPLES "/2-core-epyc-zen4.csv").front()),
      "amd-epyc-2c-24g-f95c568c");
  EXPECT_EQ(MachineIdOf(ReadCsv(HYBRID_EXAMPLES "/version-2.csv").front()), "");
}

}  // namespace
}  // namespace hybrid
