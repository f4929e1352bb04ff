#include "results/host_names.h"

#include <gtest/gtest.h>

#include <vector>

namespace hybrid {
namespace {

Row RowOf(const std::string& host, const std::string& machine_id) {
  Row row;
  row.host = host;
  row.machine_id = machine_id;
  return row;
}

TEST(HostNamesTest, OneMachineHasOneNameInAllFiles) {
  HostNames names;
  std::vector<Row> first{RowOf("3f9c", "cpu-2c"), RowOf("node7", "other-4c")};
  std::vector<Row> second{RowOf("a01b", "cpu-2c"), RowOf("node7", "other-4c"),
                          RowOf("77aa", "third-8c")};
  names.Unify(first);
  names.Unify(second);
  EXPECT_EQ(first[0].host, "3f9c");
  EXPECT_EQ(first[1].host, "node7");
  EXPECT_EQ(second[0].host, "3f9c");
  EXPECT_EQ(second[1].host, "node7");
  EXPECT_EQ(second[2].host, "77aa");
}

TEST(HostNamesTest, WithoutAMachineIdTheNameStays) {
  HostNames names;
  std::vector<Row> rows{RowOf("a", ""), RowOf("b", "")};
  names.Unify(rows);
  EXPECT_EQ(rows[1].host, "b");
}

}  // namespace
}  // namespace hybrid
